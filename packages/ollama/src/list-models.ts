import { type BackendModel, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { eachOf } from "./each-of.ts";
import { loadedModels } from "./loaded-models.ts";
import { readJson } from "./read-json.ts";
import { call } from "./send.ts";
import type { DeclaredModel } from "./settings.ts";
import { type Shown, showModel } from "./show-model.ts";
import { within } from "./within.ts";

interface Listed {
  readonly name: string;
  readonly digest?: string;
  readonly size?: number;
  readonly modified_at?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** How many models are asked about at the same time. */
const ASKED_AT_ONCE = 4;

/** How long a list waits for what each model can do, in milliseconds. Half of what the runtime waits for the list, which then still stands. */
export const SHOWS_MS = 5_000;

export interface ListSettings {
  /** By name; wins over what the server says. */
  readonly declared: Readonly<Record<string, DeclaredModel>>;
  /** In milliseconds; 0: for ever. */
  readonly showsMs: number;
}

/**
 * Lists what a server has. What a model can do is asked once, because it cannot change without its digest. What is not told in
 * time is asked for again with the next list.
 */
export function modelLister(
  connection: Connection,
  { declared, showsMs }: ListSettings,
): (signal: AbortSignal | undefined) => Promise<BackendModel[]> {
  const known = new Map<string, Shown>();
  const tries = new Map<string, number>();
  return async (signal) => {
    const tags = await readJson(await call(connection, "GET", "/api/tags", { signal }), connection, signal);
    const listed = listedIn(tags, connection);
    if (listed.length === 0) return [];
    const keys = new Set(listed.map(keyOf));
    for (const remembered of [known, tries]) {
      for (const key of remembered.keys()) if (!keys.has(key)) remembered.delete(key);
    }
    let loaded: ReadonlySet<string> | undefined;
    await within(showsMs, signal, async (patience) => {
      const asked = loadedModels(connection, patience).then((names) => {
        loaded = names;
      });
      // One that was asked about in vain does not keep others from being asked about.
      const unknown = listed
        .filter((model) => !known.has(keyOf(model)))
        .sort((one, other) => (tries.get(keyOf(one)) ?? 0) - (tries.get(keyOf(other)) ?? 0));
      const shown = eachOf(unknown, ASKED_AT_ONCE, async (model) => {
        const key = keyOf(model);
        tries.set(key, (tries.get(key) ?? 0) + 1);
        const told = await showModel(connection, model.name, patience);
        if (told !== undefined) known.set(key, told);
      });
      await Promise.all([asked, shown]);
    });
    return listed.map((model) => ({
      ...describe(
        model,
        known.get(keyOf(model)) ?? {},
        declared[model.name] ?? declared[model.name.replace(/:latest$/, "")] ?? {},
      ),
      ...(loaded !== undefined && { loaded: loaded.has(model.name) }),
    }));
  };
}

/** Servers that are no Ollama may give all models one digest, or none. */
function keyOf({ name, digest = "", modified_at: modifiedAt = "" }: Listed): string {
  return JSON.stringify([name, digest === "" ? modifiedAt : digest]);
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
