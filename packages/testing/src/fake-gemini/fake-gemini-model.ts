/** A model that a fake Gemini server serves. */
export interface FakeGeminiModel {
  /** Without `models/`. */
  readonly id: string;
  /** It embeds and does not chat. Default false. */
  readonly embeds?: boolean;
  /** What it can be asked, as `supportedGenerationMethods` tells it. Default: what Gemini tells of models of its kind. */
  readonly methods?: readonly string[];
  /** How many numbers its vectors have. Default 3072. */
  readonly dimensions?: number;
  /** How many words a conversation may have; a longer one is refused. Default 1,048,576; 2048 where it embeds. */
  readonly inputTokenLimit?: number;
  /** Default 65,536; 1 where it embeds. */
  readonly outputTokenLimit?: number;
}

export const DIMENSIONS = 3072;

export function methodsOf({ embeds, methods }: FakeGeminiModel): readonly string[] {
  return methods ?? (embeds === true ? EMBEDS : GENERATES);
}

export function inputTokenLimitOf({ embeds, inputTokenLimit }: FakeGeminiModel): number {
  return inputTokenLimit ?? (embeds === true ? 2048 : 1_048_576);
}

/** That a model which generates also streams, and one that embeds also embeds in batches, is not in the list. */
const GENERATES = ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"];
const EMBEDS = ["embedContent", "countTextTokens", "countTokens", "asyncBatchEmbedContent"];
