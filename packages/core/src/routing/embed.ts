import { ReplyError } from "../errors/reply-error.ts";
import { checkVersion } from "../model/check-version.ts";
import type { Usage } from "../value/usage.ts";
import type { Wanted } from "./model-request.ts";
import type { RoutingParts } from "./resolve.ts";
import { type TryOptions, tryCandidates } from "./try-candidates.ts";

export interface EmbedReply {
  readonly vector: readonly number[];
  readonly usage: Usage;
}

/** One routed call of an embedding model. */
export function embed(
  parts: RoutingParts,
  wanted: Wanted,
  text: string,
  options: Omit<TryOptions, "isCommitted">,
): Promise<EmbedReply> {
  return tryCandidates(parts, wanted, { ...options, isCommitted: () => false }, async ({ backend, model }, signal) => {
    const embedding = backend.embeddingModel?.(model.id);
    if (embedding === undefined) throw new ReplyError(`the backend ${backend.id} does not embed`);
    checkVersion(embedding, backend.id, model.id);
    const result = await embedding.doEmbed({ values: [text], abortSignal: signal });
    const [vector] = result.embeddings;
    if (vector === undefined) throw new ReplyError(`${model.id} on ${backend.id} answered without a vector`);
    return { vector, usage: { inputTokens: result.usage?.tokens, outputTokens: undefined } };
  });
}
