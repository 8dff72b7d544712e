import type { EmbeddingModel } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { EmbeddingRequest } from "./embedding-request.ts";

export interface Embedded {
  readonly vectors: readonly (readonly number[])[];
  /** As the provider counted; 0 where it did not tell. */
  readonly tokens: number;
}

/**
 * Embeds all texts of a request, in as many calls as the model needs, one after the other.
 *
 * @throws HttpError 400 where a text is empty, or the model cannot give vectors of the length that is asked for
 */
export async function embedAll(
  model: EmbeddingModel,
  request: EmbeddingRequest,
  signal: AbortSignal,
): Promise<Embedded> {
  const texts = typeof request.input === "string" ? [request.input] : request.input;
  const empty = texts.indexOf("");
  if (empty !== -1) {
    const param = typeof request.input === "string" ? "input" : `input.${empty}`;
    throw new HttpError(400, `${param} expects a text that is not empty`, { param });
  }
  const atOnce = Math.max(1, (await model.maxEmbeddingsPerCall) ?? texts.length);
  const vectors: (readonly number[])[] = [];
  let tokens = 0;
  for (let at = 0; at < texts.length; at += atOnce) {
    const result = await model.doEmbed({
      values: texts.slice(at, at + atOnce),
      abortSignal: signal,
      ...(request.dimensions !== undefined && { providerOptions: { openai: { dimensions: request.dimensions } } }),
    });
    vectors.push(...result.embeddings);
    tokens += result.usage?.tokens ?? 0;
  }
  checkLength(vectors, request.dimensions);
  return { vectors, tokens };
}

function checkLength(vectors: Embedded["vectors"], wanted: number | undefined): void {
  const length = vectors[0]?.length;
  if (wanted === undefined || length === wanted) return;
  throw new HttpError(
    400,
    `dimensions asks for vectors of ${wanted} numbers, and the model gives ${length}: leave it out, or take another model`,
    { param: "dimensions" },
  );
}
