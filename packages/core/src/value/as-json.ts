import type { ChatHistory } from "./chat-history.ts";
import type { Json } from "./json.ts";
import type { OpenAIChatRequest, OpenAIChatResponse } from "./openai-chat.ts";
import type { SearchResult } from "./search-result.ts";

/** A structured value as the plain JSON that it is: interfaces have no index signature, so TypeScript does not see it. */
export function asJson(value: ChatHistory | OpenAIChatRequest | OpenAIChatResponse | readonly SearchResult[]): Json {
  // Safe: these contracts hold strings, numbers, booleans, null, and arrays and objects of them; nothing else.
  return value as unknown as Json;
}
