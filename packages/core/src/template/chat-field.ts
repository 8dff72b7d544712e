import type { Json, JsonObject } from "../value/json.ts";

/** The names that contenox/runtime gives to the fields of chat values, beside the JSON names that are used here. */
const JSON_NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    Messages: ["messages"],
    Model: ["model"],
    InputTokens: ["inputTokens"],
    OutputTokens: ["outputTokens"],
    ID: ["id"],
    Role: ["role"],
    Content: ["content"],
    CallTools: ["callTools"],
    ToolCalls: ["tool_calls"],
    ToolCallID: ["toolCallId", "tool_call_id"],
    Timestamp: ["timestamp"],
    Type: ["type"],
    Function: ["function"],
    Name: ["name"],
    Arguments: ["arguments"],
    MaxTokens: ["max_tokens"],
    Temperature: ["temperature"],
    TopP: ["top_p"],
    Stop: ["stop"],
    N: ["n"],
    Stream: ["stream"],
    PresencePenalty: ["presence_penalty"],
    FrequencyPenalty: ["frequency_penalty"],
    User: ["user"],
    Object: ["object"],
    Created: ["created"],
    Choices: ["choices"],
    Usage: ["usage"],
    SystemFingerprint: ["system_fingerprint"],
    Index: ["index"],
    Message: ["message"],
    FinishReason: ["finish_reason"],
    PromptTokens: ["prompt_tokens"],
    CompletionTokens: ["completion_tokens"],
    TotalTokens: ["total_tokens"],
    Distance: ["distance"],
  }),
);

/** What an absent field of a message or a request is in contenox/runtime, where every field exists. */
const EMPTY_IN_MESSAGE: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["ID", ""],
  ["Content", ""],
  ["CallTools", []],
  ["ToolCalls", []],
]);
const EMPTY_IN_REQUEST: ReadonlyMap<string, Json> = new Map<string, Json>([
  ["MaxTokens", 0],
  ["Temperature", 0],
  ["TopP", 0],
  ["Stop", []],
  ["N", 0],
  ["Stream", false],
  ["PresencePenalty", 0],
  ["FrequencyPenalty", 0],
  ["User", ""],
]);

/** A field of a chat value under the name that contenox/runtime gives it. Undefined where the object has nothing of the kind. */
export function chatField(owner: JsonObject, name: string): Json | undefined {
  const jsonNames = JSON_NAMES.get(name);
  if (jsonNames === undefined) return undefined;
  for (const jsonName of jsonNames) if (Object.hasOwn(owner, jsonName)) return owner[jsonName];
  if (Object.hasOwn(owner, "role")) return EMPTY_IN_MESSAGE.get(name);
  if (Object.hasOwn(owner, "messages") && Object.hasOwn(owner, "model")) return EMPTY_IN_REQUEST.get(name);
  return undefined;
}
