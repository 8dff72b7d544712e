import type { BackendModel, Capabilities } from "@catenary/core";
import { ModelError, showAddress } from "@catenary/core";
import { z } from "zod";
import { ANY_MODEL, askServerKind, type Extras } from "./ask-server-kind.ts";
import type { Connection } from "./connection.ts";
import type { DeclaredModels, ServerSettings } from "./settings.ts";

/**
 * What the backend serves: the declared list, or what the server lists with what was declared about it.
 *
 * @param known What every model of this kind of server can do that is not known to embed.
 */
export async function listModels(
  connection: Connection,
  declared: ServerSettings["models"],
  known: Capabilities,
  signal: AbortSignal | undefined,
): Promise<readonly BackendModel[]> {
  signal?.throwIfAborted();
  if (isList(declared)) {
    return declared.map((model) =>
      typeof model === "string" ? complete({ id: model }, known) : complete(model, known),
    );
  }
  const listed = await askServer(connection, signal);
  const byId = new Map(listed.map((model) => [model.id, model]));
  for (const [id, model] of Object.entries(declared ?? {})) byId.set(id, merge({ ...byId.get(id), id }, model));
  return Array.from(byId.values(), (model) => complete(model, known));
}

function isList(models: ServerSettings["models"]): models is readonly (string | BackendModel)[] {
  return Array.isArray(models);
}

/** Field by field, capabilities too: what was declared wins. */
function merge(model: BackendModel, declared: DeclaredModels[string]): BackendModel {
  const { capabilities } = declared;
  if (capabilities === undefined) return { ...model, ...declared };
  return { ...model, ...declared, capabilities: { ...model.capabilities, ...capabilities } };
}

function complete(model: BackendModel, known: Capabilities): BackendModel {
  if (model.capabilities?.embed === true) return model;
  return { ...model, capabilities: { ...known, ...model.capabilities } };
}

async function askServer(connection: Connection, signal: AbortSignal | undefined): Promise<BackendModel[]> {
  const { baseUrl, backend, fetch } = connection;
  const response = await fetch(`${baseUrl}/models`, signal === undefined ? {} : { signal });
  const { success, data } = modelList.safeParse(await readJson(response, signal));
  if (success) {
    const owners = new Set(data.data.map(({ owned_by: owner }) => owner));
    const extras = await askServerKind(connection, owners, signal);
    return data.data.map(toModel).map((model) => withExtras(model, extras));
  }
  throw new ModelError(
    `${showAddress(baseUrl)}/models did not answer with a list of models. Is baseUrl where the routes begin?`,
    {
      failure: "reply",
      backend,
    },
  );
}

/** What a server tells on a route of its own is how it runs the model now, and wins over its list. */
function withExtras(model: BackendModel, extras: Extras): BackendModel {
  const told = extras.get(model.id) ?? extras.get(ANY_MODEL);
  if (told === undefined) return model;
  const capabilities = { ...model.capabilities, ...told.capabilities };
  return { ...model, ...told, ...(Object.keys(capabilities).length > 0 && { capabilities }) };
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

const count = z.number().int().positive().optional().catch(undefined);

const listedModel = z.object({
  id: z.string(),
  created: z.number().optional().catch(undefined),
  owned_by: z.string().optional().catch(undefined),
  /** Some servers tell what kind of model it is. */
  type: z.string().optional().catch(undefined),
  // vLLM, Groq, OpenRouter and others each tell the context length in their own way.
  max_model_len: count,
  context_window: count,
  context_length: count,
  max_context_length: count,
  /** llama.cpp's server tells with how much the model was trained; it may run with less, which `/props` tells. */
  meta: z.object({ n_ctx_train: count }).optional().catch(undefined),
});

const modelList = z.object({ data: z.array(listedModel) });

function toModel(listed: z.infer<typeof listedModel>): BackendModel {
  const { id, created, owned_by: owner, type } = listed;
  const contextLength =
    listed.max_model_len ??
    listed.context_window ??
    listed.context_length ??
    listed.max_context_length ??
    listed.meta?.n_ctx_train;
  return {
    id,
    ...(contextLength !== undefined && { contextLength }),
    ...(type !== undefined && /^embeddings?$/.test(type) && { capabilities: { embed: true, chat: false } }),
    ...(created !== undefined && created > 0 && { modifiedAt: new Date(created * 1000).toISOString() }),
    ...(owner !== undefined && { details: { ownedBy: owner } }),
  };
}
