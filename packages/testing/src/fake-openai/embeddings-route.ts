import { countWords } from "../count-words.ts";
import { fakeVector } from "../fake-ollama/fake-vector.ts";
import type { JsonBody } from "../json-body.ts";
import { failed, json } from "./dialect.ts";
import { DIMENSIONS } from "./fake-openai-model.ts";
import { modelMissing, parameterMissing } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** `POST /v1/embeddings` */
export function embeddingsRoute({ dialect, models }: ServerState, body: JsonBody): Response {
  if (typeof body.model !== "string") return parameterMissing(dialect, "model");
  const model = models.get(body.model);
  if (model === undefined) return modelMissing(dialect, body.model);
  if (model.embeds !== true) {
    const status = dialect === "openai" ? 403 : 400;
    return failed(dialect, { status, message: `The model \`${model.id}\` does not embed.` });
  }
  const texts = textsOf(body.input);
  if (texts === undefined) return parameterMissing(dialect, "input");
  const length = typeof body.dimensions === "number" ? body.dimensions : (model.dimensions ?? DIMENSIONS);
  const data = texts.map((text, index) => {
    const vector = fakeVector(text, length);
    return { object: "embedding", index, embedding: body.encoding_format === "base64" ? toBase64(vector) : vector };
  });
  const tokens = texts.reduce((sum, text) => sum + Math.max(1, countWords(text)), 0);
  return json({ object: "list", data, model: model.id, usage: { prompt_tokens: tokens, total_tokens: tokens } });
}

function textsOf(input: unknown): string[] | undefined {
  if (typeof input === "string") return [input];
  if (!Array.isArray(input) || input.length === 0) return undefined;
  return input.every((text) => typeof text === "string") ? input : undefined;
}

/** Little-endian 32-bit floats, as clients that ask for base64 expect. */
function toBase64(vector: readonly number[]): string {
  const view = new DataView(new ArrayBuffer(vector.length * 4));
  for (const [at, component] of vector.entries()) view.setFloat32(at * 4, component, true);
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(""));
}
