import { type BackendModel, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { eachOf } from "./each-of.ts";
import { loadedModels } from "./loaded-models.ts";
import { readJson } from "./read-json.ts";
import { call } from "./send.ts";
import type { DeclaredModel } from "./settings.ts";
import { type Shown, showModel } from "./show-model.ts";

interface Listed {
  readonly name: string;
  readonly digest?: string;
  readonly size?: number;
  readonly modified_at?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How many models are asked about at the same time. */
const ASKED_AT_ONCE = 4;

/**
 * Lists what a server has. What a model can do is asked once for each digest, because it cannot change without it.
 *
 * @param declared By name; wins over what the server says.
 */
export function modelLister(
  connection: Connection,
  declared: Readonly<Record<string, DeclaredModel>>,
): (signal: AbortSignal | undefined) => Promise<BackendModel[]> {
  let known = new Map<string, Shown>();
  return async (signal) => {
    const tags = await readJson(await call(connection, "GET", "/api/tags", { signal }), connection, signal);
    const listed = listedIn(tags, connection);
    const before = known;
    // Only what is still there is remembered.
    const now = new Map<string, Shown>();
    const models = await eachOf(listed, ASKED_AT_ONCE, async (model) => {
      const { name, digest = name } = model;
      const shown = before.get(digest) ?? (await showModel(connection, name, signal));
      if (shown !== undefined) now.set(digest, shown);
      return describe(model, shown ?? {}, declared[name] ?? declared[name.replace(/:latest$/, "")] ?? {});
    });
    known = now;
    if (models.length === 0) return models;
    const loaded = await loadedModels(connection, signal);
    return loaded === undefined ? models : models.map((model) => ({ ...model, loaded: loaded.has(model.id) }));
  };
}

function describe(model: Listed, shown: Shown, declared: DeclaredModel): BackendModel {
  const contextLength = declared.contextLength ?? shown.contextLength;
  const capabilities = { ...shown.capabilities, ...declared.capabilities };
  return {
    id: model.name,
    ...(contextLength !== undefined && { contextLength }),
    ...(Object.keys(capabilities).length > 0 && { capabilities }),
    ...(model.size !== undefined && { size: model.size }),
    ...(model.digest !== undefined && { digest: model.digest }),
    ...(model.modified_at !== undefined && { modifiedAt: model.modified_at }),
    ...(model.details !== undefined && { details: model.details }),
  };
}

function listedIn({ models }: Readonly<Record<string, unknown>>, { shownRoot, backend }: Connection): Listed[] {
  if (!Array.isArray(models)) {
    const message = `expected a list of models from ${shownRoot}/api/tags, but got none. Is it the root of an Ollama server?`;
    throw new ModelError(message, { failure: "reply", backend });
  }
  return models.filter((model): model is Listed => typeof model?.name === "string");
}
