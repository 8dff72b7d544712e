import type { ChatHistory, ChatMessage } from "./chat-history.ts";
import type { DataType } from "./data-type.ts";
import type { Json } from "./json.ts";
import type { OpenAIChatRequest, OpenAIChatResponse } from "./openai-chat.ts";
import type { SearchResult } from "./search-result.ts";

/** What a value of each data type is. */
export interface DataValues {
  readonly any: Json;
  readonly string: string;
  readonly bool: boolean;
  readonly int: number;
  readonly float: number;
  readonly vector: readonly number[];
  readonly search_results: readonly SearchResult[];
  readonly json: Json;
  readonly chat_history: ChatHistory;
  readonly openai_chat: OpenAIChatRequest;
  readonly openai_chat_response: OpenAIChatResponse;
}

/** A conversation as a caller gives it: what is missing is filled in. */
export interface ChatHistoryInput extends Partial<Omit<ChatHistory, "messages">> {
  readonly messages: readonly (Omit<ChatMessage, "timestamp"> & { readonly timestamp?: string })[];
}

/**
 * What a caller may give for each data type: values of that kind. The texts of numbers and booleans that come in from
 * outside are converted too, but whoever has one in code has most likely mistaken something.
 */
export interface InputValues extends Omit<DataValues, "any" | "json" | "vector" | "chat_history" | "openai_chat"> {
  // An interface has no index signature and is no `Json` for the type checker, although its values are plain data.
  readonly any: Json | object;
  readonly json: Json | object;
  readonly vector: readonly number[] | Float32Array | Float64Array;
  readonly chat_history: ChatHistoryInput;
  readonly openai_chat: Partial<OpenAIChatRequest>;
}

export type ValueOf<Type extends DataType> = DataValues[Type];
export type InputOf<Type extends DataType> = InputValues[Type];
