import { json } from "./dialect.ts";
import type { FakeOpenAIModel } from "./fake-openai-model.ts";
import { modelMissing } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** `GET /v1/models` */
export function modelsRoute(state: ServerState): Response {
  return json({ object: "list", data: Array.from(state.models.values(), (model) => describeModel(state, model)) });
}

/** `GET /v1/models/{id}` */
export function modelRoute(state: ServerState, id: string): Response {
  const model = state.models.get(id);
  return model === undefined ? modelMissing(state.dialect, id) : json(describeModel(state, model));
}

function describeModel({ dialect }: ServerState, { id, contextLength }: FakeOpenAIModel): object {
  const head = { id, object: "model", created: 1_700_000_000 };
  if (dialect === "openai") return { ...head, owned_by: "system" };
  return { ...head, owned_by: "vllm", root: id, parent: null, max_model_len: contextLength ?? 4096 };
}
