import type { ToolCall } from "./chat-history.ts";
import type { Json } from "./json.ts";

export interface OpenAIChatMessage {
  readonly role: string;
  readonly content?: string | null;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
}

/** The value of the data type `openai_chat`: a request of OpenAI's chat completions API. Fields not named here are kept. */
export interface OpenAIChatRequest {
  readonly model: string;
  readonly messages: readonly OpenAIChatMessage[];
  readonly max_tokens?: number;
  readonly temperature?: number;
  readonly top_p?: number;
  readonly stop?: string | readonly string[];
  readonly n?: number;
  readonly stream?: boolean;
  readonly presence_penalty?: number;
  readonly frequency_penalty?: number;
  readonly seed?: number;
  readonly user?: string;
  readonly tools?: readonly Json[];
  readonly tool_choice?: Json;
  /** Asked for where the model can be held to it; elsewhere the answer is prose. */
  readonly response_format?: Json;
}

export interface OpenAIChatChoice {
  readonly index: number;
  readonly message: { readonly role: string; readonly content?: string; readonly tool_calls?: readonly ToolCall[] };
  readonly finish_reason: string;
}

/** The value of the data type `openai_chat_response`. */
export interface OpenAIChatResponse {
  readonly id: string;
  readonly object: string;
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
  readonly choices: readonly OpenAIChatChoice[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number };
  readonly system_fingerprint?: string;
}
