import { ReplyError } from "../../errors/reply-error.ts";
import { checkVersion } from "../../model/check-version.ts";
import type { EmbeddingModel, EmbeddingModelCallOptions, EmbeddingModelResult } from "../../model/contract.ts";
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
    const result = await embedInParts(embedding, call, turn.signal);
    turn.used(usageOf(result.usage));
    const wanted = call.values.length;
    const got = Array.isArray(result.embeddings) ? result.embeddings.length : 0;
    if (got === wanted) return result;
    const what = got === 0 ? "without a vector" : `with ${got} vectors for ${wanted} values`;
    throw new ReplyError(`${model.id} on ${backend.id} answered ${what}`);
  });
}

/**
 * Asks as often as it takes: whoever made the list may not have known yet how many values the model takes at once, as long as its
 * backend had not said what it serves.
 */
async function embedInParts(
  embedding: EmbeddingModel,
  call: EmbedCall,
  signal: AbortSignal,
): Promise<EmbeddingModelResult> {
  const { values } = call;
  const most = values.length > 1 ? ((await embedding.maxEmbeddingsPerCall) ?? Infinity) : Infinity;
  const size = Math.max(1, Math.min(values.length, most));
  let whole: EmbeddingModelResult | undefined;
  for (let from = 0; from < Math.max(values.length, 1); from += size) {
    signal.throwIfAborted();
    const part = await embedding.doEmbed({ ...call, values: values.slice(from, from + size), abortSignal: signal });
    // Whoever ignores its signal may answer while another has the call.
    signal.throwIfAborted();
    whole = whole === undefined ? part : joined(whole, part);
  }
  return whole ?? { embeddings: [], warnings: [] };
}

/** What is no list of vectors is seen by how many there are in all. */
function joined(before: EmbeddingModelResult, part: EmbeddingModelResult): EmbeddingModelResult {
  const tokens = [before.usage?.tokens, part.usage?.tokens].filter((count) => count !== undefined);
  return {
    ...part,
    embeddings: [before, part].flatMap(({ embeddings }) => (Array.isArray(embeddings) ? embeddings : [])),
    warnings: [before, part].flatMap(({ warnings }) => warnings ?? []),
    ...(tokens.length > 0 && { usage: { tokens: tokens.reduce((sum, count) => sum + count, 0) } }),
  };
}

function usageOf(usage: EmbeddingModelResult["usage"]): Usage {
  return { inputTokens: usage?.tokens, outputTokens: undefined };
}
