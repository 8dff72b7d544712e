import { failed, json } from "./failed.ts";
import { type FakeGeminiModel, inputTokenLimitOf, methodsOf } from "./fake-gemini-model.ts";
import type { ServerState } from "./server-state.ts";

/** `GET /v1beta/models?pageSize=…&pageToken=…` */
export function modelsRoute({ models, pageSize }: ServerState, query: URLSearchParams): Response {
  const wanted = Number(query.get("pageSize") ?? USUAL_PAGE);
  const token = query.get("pageToken") ?? "";
  const start = token === "" ? 0 : Number(TOKEN.exec(token)?.[1] ?? Number.NaN);
  if (!Number.isInteger(wanted) || wanted < 0) return failed({ status: 400, message: "Invalid page size." });
  if (Number.isNaN(start)) return failed({ status: 400, message: "Invalid page token." });
  const end = start + Math.min(wanted === 0 ? USUAL_PAGE : wanted, pageSize);
  const all = [...models.values()];
  return json({
    models: all.slice(start, end).map(describeModel),
    ...(end < all.length && { nextPageToken: `after-${end}` }),
  });
}

/** `GET /v1beta/models/{id}` */
export function modelRoute({ models }: ServerState, id: string): Response {
  const model = models.get(id);
  if (model !== undefined) return json(describeModel(model));
  return failed({ status: 404, message: `Model is not found: models/${id} for api version v1beta` });
}

const USUAL_PAGE = 50;
const TOKEN = /^after-(\d+)$/;

function describeModel(model: FakeGeminiModel): object {
  const { id, embeds, outputTokenLimit } = model;
  return {
    name: `models/${id}`,
    version: "001",
    displayName: id,
    description: `A model of a fake server: ${id}`,
    inputTokenLimit: inputTokenLimitOf(model),
    outputTokenLimit: outputTokenLimit ?? (embeds === true ? 1 : 65_536),
    supportedGenerationMethods: methodsOf(model),
    ...(embeds !== true && { temperature: 1, topP: 0.95, topK: 64, maxTemperature: 2 }),
  };
}
