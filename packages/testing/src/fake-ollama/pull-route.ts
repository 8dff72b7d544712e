import type { JsonBody } from "../json-body.ts";
import { failure, json, ndjson } from "./answers.ts";
import { installed, withTag } from "./fake-model.ts";
import type { ServerState } from "./server-state.ts";

/** `POST /api/pull`: a line for each step, then the model is there. */
export function pullRoute(state: ServerState, body: JsonBody): Response {
  const name = body.model || body.name;
  if (typeof name !== "string" || name === "" || /\s|:\/\//.test(name)) return failure(400, "invalid model name");
  const streamed = body.stream !== false;
  const found = state.registry.get(withTag(name)) ?? state.models.get(withTag(name));
  if (found === undefined) {
    const error = "pull model manifest: file does not exist";
    if (streamed) return ndjson([{ status: "pulling manifest" }, { error }]);
    return new Response(JSON.stringify({ error }), { status: 500, headers: { "content-type": "application/json" } });
  }
  const steps = pullSteps(state, installed({ ...found, name }, state.clock.now()));
  return streamed ? ndjson(steps) : json([...steps].at(-1));
}

function* pullSteps(state: ServerState, model: ReturnType<typeof installed>): Generator<unknown> {
  yield { status: "pulling manifest" };
  const layer = { status: `pulling ${model.digest.slice(0, 12)}`, digest: `sha256:${model.digest}`, total: model.size };
  // The first line of a layer has no `completed`: the real server leaves out what is zero.
  yield layer;
  for (const quarter of [1, 2, 3, 4]) yield { ...layer, completed: Math.floor((model.size * quarter) / 4) };
  yield { status: "verifying sha256 digest" };
  yield { status: "writing manifest" };
  state.models.set(model.name, model);
  yield { status: "success" };
}
