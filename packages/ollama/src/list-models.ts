import { type BackendModel, type Capabilities, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";
import { call } from "./send.ts";
import type { DeclaredModel } from "./settings.ts";

/** What the server says of one model, beyond its list. */
type Shown = Pick<BackendModel, "contextLength" | "capabilities">;

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
    const shown = await eachOf(
      listed,
      async (model) => known.get(keyOf(model)) ?? show(connection, model.name, signal),
    );
    known = new Map(listed.flatMap((model, index) => remember(model, shown[index])));
    return listed.map((model, index) => describe(model, shown[index] ?? {}, declaredFor(model.name, declared)));
  };
}

const keyOf = ({ name, digest }: Listed) => digest ?? name;

/** Only what was answered is kept, and only for what is still there. */
function remember(model: Listed, shown: Shown | undefined): [string, Shown][] {
  return model.digest !== undefined && shown?.capabilities !== undefined ? [[model.digest, shown]] : [];
}

/** What a model can do. A model that cannot be shown is still listed: what is not known is no reason to hide it. */
async function show(connection: Connection, model: string, signal: AbortSignal | undefined): Promise<Shown> {
  try {
    const response = await call(connection, "POST", "/api/show", { body: { model }, model, signal });
    const { model_info: facts, capabilities } = await readJson(response, connection, signal);
    const contextLength = contextLengthIn(facts);
    return {
      ...(contextLength !== undefined && { contextLength }),
      ...(Array.isArray(capabilities) && { capabilities: toCapabilities(capabilities) }),
    };
  } catch {
    signal?.throwIfAborted();
    return {};
  }
}

/** The field's name starts with the model's architecture: `llama.context_length`. */
function contextLengthIn(facts: unknown): number | undefined {
  if (typeof facts !== "object" || facts === null) return undefined;
  const found = Object.entries(facts).find(
    ([name, value]) => name.endsWith(".context_length") && typeof value === "number",
  );
  return found?.[1];
}

function toCapabilities(told: readonly unknown[]): Capabilities {
  const chat = told.includes("completion");
  return {
    chat,
    prompt: chat,
    embed: told.includes("embedding"),
    stream: chat,
    tools: told.includes("tools"),
    structuredOutput: chat,
    vision: told.includes("vision"),
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

function declaredFor(name: string, declared: Readonly<Record<string, DeclaredModel>>): DeclaredModel {
  return declared[name] ?? declared[name.replace(/:latest$/, "")] ?? {};
}

function listedIn({ models }: Readonly<Record<string, unknown>>, { root, backend }: Connection): Listed[] {
  if (!Array.isArray(models)) {
    const message = `expected a list of models from ${root}/api/tags, but got none. Is it the root of an Ollama server?`;
    throw new ModelError(message, { failure: "reply", backend });
  }
  return models.filter((model): model is Listed => typeof model?.name === "string");
}

async function readJson(
  response: Response,
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFailure(error, connection);
  }
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

async function eachOf<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(ASKED_AT_ONCE, items.length) }, worker));
  return results;
}
