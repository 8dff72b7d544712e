import { type BackendModel, type Capabilities, ModelError, showAddress } from "@catenary/core";
import { z } from "zod";
import type { Connection } from "./connection.ts";
import { plainId } from "./plain-id.ts";
import type { DeclaredModels, GeminiSettings } from "./settings.ts";

/** What the backend serves: the declared list, or what the server lists with what was declared about it. */
export async function listModels(
  connection: Connection,
  declared: GeminiSettings["models"],
  signal: AbortSignal | undefined,
): Promise<readonly BackendModel[]> {
  signal?.throwIfAborted();
  if (isList(declared)) {
    return declared
      .map((model) => (typeof model === "string" ? { id: model } : model))
      .map((model) => complete({ ...model, id: plainId(model.id) }));
  }
  const byId = new Map((await askServer(connection, signal)).map((model) => [model.id, model]));
  for (const [name, model] of Object.entries(declared ?? {})) {
    const id = plainId(name);
    byId.set(id, merge({ ...byId.get(id), id }, model));
  }
  return Array.from(byId.values(), complete);
}

function isList(models: GeminiSettings["models"]): models is readonly (string | BackendModel)[] {
  return Array.isArray(models);
}

/** Field by field, capabilities too: what was declared wins. */
function merge(model: BackendModel, declared: DeclaredModels[string]): BackendModel {
  const { capabilities } = declared;
  if (capabilities === undefined) return { ...model, ...declared };
  return { ...model, ...declared, capabilities: { ...model.capabilities, ...capabilities } };
}

/** What generates, generates in every way; a schema that a model refuses is asked for in a plainer way by the runtime. */
const GENERATES: Capabilities = { chat: true, prompt: true, stream: true, structuredOutput: true };

function complete(model: BackendModel): BackendModel {
  if (model.capabilities?.embed === true) return model;
  return { ...model, capabilities: { ...GENERATES, ...model.capabilities } };
}

async function askServer(connection: Connection, signal: AbortSignal | undefined): Promise<BackendModel[]> {
  const models: BackendModel[] = [];
  const seen = new Set<string>();
  for (let token = ""; !seen.has(token) && seen.size < MOST_PAGES; ) {
    seen.add(token);
    const page = await askPage(connection, token, signal);
    models.push(...page.models.map(toModel));
    if (page.nextPageToken === "") return models;
    token = page.nextPageToken;
  }
  throw unreadable(connection, "began its list of models again, or does not end it");
}

/** A page may have a thousand models. */
const MOST_PAGES = 100;

async function askPage(
  connection: Connection,
  pageToken: string,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof modelPage>> {
  const query = new URLSearchParams({ pageSize: "1000", ...(pageToken !== "" && { pageToken }) });
  const url = `${connection.baseUrl}/models?${query}`;
  const response = await connection.fetch(url, signal === undefined ? {} : { signal });
  const { success, data } = modelPage.safeParse(await readJson(response, signal));
  if (success) return data;
  throw unreadable(connection, "did not answer with a list of models. Is baseUrl where the API is?");
}

function unreadable({ baseUrl, backend }: Connection, what: string): ModelError {
  return new ModelError(`${showAddress(baseUrl)}/models ${what}`, { failure: "reply", backend });
}

async function readJson(response: Response, signal: AbortSignal | undefined): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

const text = z.string().optional().catch(undefined);
const count = z.number().int().positive().optional().catch(undefined);

/** https://ai.google.dev/api/models#Model */
const listedModel = z.object({
  name: z.string(),
  version: text,
  displayName: text,
  inputTokenLimit: count,
  outputTokenLimit: count,
  thinking: z.boolean().optional().catch(undefined),
  supportedGenerationMethods: z.array(z.string()).optional().catch(undefined),
});

const nextPageToken = z.string().default("");

/** Google leaves empty fields out, so a list of nothing is an empty object. */
const modelPage = z.union([
  z.object({ models: z.array(listedModel), nextPageToken }),
  z.strictObject({ models: z.array(listedModel).default([]), nextPageToken }),
]);

function toModel(listed: z.infer<typeof listedModel>): BackendModel {
  const { name, inputTokenLimit, supportedGenerationMethods, ...rest } = listed;
  const details = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    id: plainId(name),
    ...(inputTokenLimit !== undefined && { contextLength: inputTokenLimit }),
    ...(supportedGenerationMethods !== undefined && { capabilities: capabilitiesOf(supportedGenerationMethods) }),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

/** Some models of the list do neither, such as those that make videos: they are there, and nothing is asked of them. */
function capabilitiesOf(methods: readonly string[]): Capabilities {
  const embed = methods.includes("embedContent");
  if (methods.includes("generateContent")) return { ...GENERATES, embed };
  const stream = methods.includes("streamGenerateContent");
  return { chat: false, prompt: false, stream, structuredOutput: false, embed };
}
