/** A call that a model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly type: "function";
  readonly function: {
    readonly name: string;
    /** The arguments as JSON text, as the model wrote them. */
    readonly arguments: string;
  };
}

/** One message of a conversation. The field names are those of the wire. */
export interface ChatMessage {
  readonly id?: string;
  /** `system`, `user`, `assistant` or `tool`; others pass through and reach the model as `user`. */
  readonly role: string;
  readonly content?: string;
  readonly callTools?: readonly ToolCall[];
  /** On a `tool` message: which call it answers. */
  readonly toolCallId?: string;
  /** On a model's message: why it ends before the model was done. Absent where it was. */
  readonly finishReason?: CutShort;
  /** RFC 3339. */
  readonly timestamp: string;
}

/** Why a model's answer ends early: the limit of tokens, or a filter of its server. */
export type CutShort = "length" | "content-filter";

/** The value of the data type `chat_history`. */
export interface ChatHistory {
  readonly messages: readonly ChatMessage[];
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}
