/** A model that a fake OpenAI server serves. */
export interface FakeOpenAIModel {
  readonly id: string;
  /** It embeds and does not chat. Default false. */
  readonly embeds?: boolean;
  /** How many numbers its vectors have. Default 1536. */
  readonly dimensions?: number;
  /** How many words a conversation may have; a longer one is refused. Default: any. The dialect `vllm` tells it in its list. */
  readonly contextLength?: number;
}

export const DIMENSIONS = 1536;
