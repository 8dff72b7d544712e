import { ReplyError } from "../../errors/reply-error.ts";
import { checkVersion } from "../../model/check-version.ts";
import type { EmbeddingModelCallOptions, EmbeddingModelResult } from "../../model/contract.ts";
import type { Usage } from "../../value/usage.ts";
import type { RoutingParts } from "../selection/resolve.ts";
import type { Wanted } from "./model-request.ts";
import { type TryOptions, tryCandidates } from "./try-candidates.ts";

export interface EmbedReply {
  readonly vector: readonly number[];
  readonly usage: Usage;
}

/** What is embedded, and how; the signal is the router's. */
export type EmbedCall = Omit<EmbeddingModelCallOptions, "abortSignal">;

/** One routed embedding of one text. */
export async function embed(
  parts: RoutingParts,
  wanted: Wanted,
  text: string,
  options: Omit<TryOptions, "isCommitted">,
): Promise<EmbedReply> {
  const { embeddings, usage } = await embedAll(parts, wanted, { values: [text] }, options);
  return { vector: embeddings[0] ?? [], usage: usageOf(usage) };
}

/** One routed call of an embedding model, with as many vectors as there are values. */
export function embedAll(
  parts: RoutingParts,
  wanted: Wanted,
  call: EmbedCall,
  options: Omit<TryOptions, "isCommitted">,
): Promise<EmbeddingModelResult> {
  return tryCandidates(parts, wanted, { ...options, isCommitted: () => false }, async (turn) => {
    const { backend, model } = turn.candidate;
    const embedding = backend.embeddingModel?.(model.id);
    if (embedding === undefined) throw new ReplyError(`the backend ${backend.id} does not embed`);
    checkVersion(embedding, backend.id, model.id);
    const result = await embedding.doEmbed({ ...call, abortSignal: turn.signal });
    turn.signal.throwIfAborted();
    turn.used(usageOf(result.usage));
    const wanted = call.values.length;
    const got = Array.isArray(result.embeddings) ? result.embeddings.length : 0;
    if (got === wanted) return result;
    const what = got === 0 ? "without a vector" : `with ${got} vectors for ${wanted} values`;
    throw new ReplyError(`${model.id} on ${backend.id} answered ${what}`);
  });
}

function usageOf(usage: EmbeddingModelResult["usage"]): Usage {
  return { inputTokens: usage?.tokens, outputTokens: undefined };
}
