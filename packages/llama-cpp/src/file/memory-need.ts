import type { GgufFileInfo } from "node-llama-cpp";
import type { ModelFacts } from "./read-facts.ts";

/** What a model takes in memory beside its weights, in bytes. */
export interface MemoryNeed {
  /** For one token of a conversation. */
  readonly bytesPerToken: number;
  /** For one of the tokens that are computed at once. */
  readonly bytesPerComputed: number;
}

/** How a model is to be used. */
export interface Places {
  /** Tokens of one conversation. */
  readonly contextLength: number;
  /** Conversations at the same time. */
  readonly sequences: number;
  /** How many tokens are computed at once at most. */
  readonly batch: number;
}

/** Bytes that a model's conversations take, and what llama.cpp computes them in. */
export function neededBytes(
  { bytesPerToken, bytesPerComputed }: Pick<ModelFacts, keyof MemoryNeed>,
  { contextLength, sequences, batch }: Places,
): number {
  return sequences * contextLength * bytesPerToken + batch * bytesPerComputed;
}

/** Architectures that only read: what they compute is a vector, never a next word. */
export const ENCODERS = /bert|t5encoder/;

const BYTES_OF_HALF_PRECISION = 2;
const BYTES_OF_FULL_PRECISION = 4;
/** Vectors of a model's width that llama.cpp holds at once for a token, and of its wider inner layer. */
const WIDTHS = 4;
const INNER_WIDTHS = 2;

export function memoryNeed({ metadata, architectureMetadata }: GgufFileInfo): MemoryNeed {
  const { block_count: layers = 0, embedding_length: width = 0, attention } = architectureMetadata;
  const heads = largest(attention?.head_count) || 1;
  const keyHeads = largest(attention?.head_count_kv) || heads;
  const keys = attention?.key_length ?? width / heads;
  const values = attention?.value_length ?? width / heads;
  const inner = largest(architectureMetadata.feed_forward_length);
  // How likely each word of the vocabulary is comes next, of every token that is computed: mostly more than all else.
  const words = ENCODERS.test(metadata.general.architecture) ? 0 : (metadata.tokenizer?.ggml?.tokens?.length ?? 0);
  return {
    // Keys and values of every layer.
    bytesPerToken: layers * keyHeads * (keys + values) * BYTES_OF_HALF_PRECISION,
    bytesPerComputed: (words + WIDTHS * width + INNER_WIDTHS * inner) * BYTES_OF_FULL_PRECISION,
  };
}

/** Some models have another number of heads in each layer. */
function largest(count: unknown): number {
  if (typeof count === "number") return count;
  return Array.isArray(count) ? Math.max(0, ...count.filter((one) => typeof one === "number")) : 0;
}
