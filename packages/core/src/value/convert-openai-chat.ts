import { convertToolCall } from "./convert-chat-history.ts";
import { describeKind } from "./describe-kind.ts";
import { invalidInput } from "./invalid-input.ts";
import type { Json } from "./json.ts";
import type { OpenAIChatMessage, OpenAIChatRequest } from "./openai-chat.ts";
import { readStructure, type StructureReader } from "./structure-reader.ts";

const WHOLE = ["max_tokens", "n", "seed"] as const;
const NUMBERS = ["temperature", "top_p", "presence_penalty", "frequency_penalty"] as const;
const KNOWN = new Set<string>([
  ...WHOLE,
  ...NUMBERS,
  "model",
  "messages",
  "stop",
  "stream",
  "user",
  "tools",
  "tool_choice",
]);
const KNOWN_IN_MESSAGE = new Set(["role", "content", "tool_calls", "tool_call_id"]);

/**
 * Checks a request of OpenAI's chat completions API. Fields that it does not know are kept, null means absent, and a content of
 * text parts becomes one text, a line for each. Throws an `InputError` with the path of what is wrong.
 */
export function convertOpenAIChat(raw: unknown): OpenAIChatRequest {
  const request = readStructure(raw, "$");
  const stop = readStop(request);
  const user = request.optionalText("user");
  const stream = readFlag(request, "stream");
  const tools = request.list("tools", (tool) => tool);
  const choice = request.value("tool_choice");
  return {
    ...request.rest(KNOWN),
    model: request.text("model", ""),
    messages: request.list("messages", convertMessage),
    ...pick(WHOLE, request, (key) => request.whole(key, 0)),
    ...pick(NUMBERS, request, (key) => request.number(key, 0)),
    ...(stop !== undefined && { stop }),
    ...(stream !== undefined && { stream }),
    ...(user !== undefined && { user }),
    ...(tools.length > 0 && { tools }),
    ...(choice !== undefined && { tool_choice: choice }),
  };
}

function convertMessage(raw: Json, path: string): OpenAIChatMessage {
  const message = readStructure(raw, path);
  const content = readContent(message);
  const calls = message.list("tool_calls", convertToolCall);
  const answers = message.optionalText("tool_call_id");
  return {
    ...message.rest(KNOWN_IN_MESSAGE),
    role: message.text("role", ""),
    ...(content !== undefined && { content }),
    ...(calls.length > 0 && { tool_calls: calls }),
    ...(answers !== undefined && { tool_call_id: answers }),
  };
}

function readContent(message: StructureReader): string | undefined {
  if (!Array.isArray(message.value("content"))) return message.optionalText("content");
  const parts = message.list("content", (raw, path) => {
    const part = readStructure(raw, path);
    const type = part.text("type", "text");
    if (type !== "text") throw invalidInput(path, "a part of type text", "a part of another type");
    return part.text("text", "");
  });
  return parts.join("\n");
}

function readStop(request: StructureReader): string | string[] | undefined {
  const stop = request.value("stop");
  if (stop === undefined || typeof stop === "string") return stop;
  return request.list("stop", (item, path) => {
    if (typeof item === "string") return item;
    throw invalidInput(path, "a string", describeKind(item));
  });
}

function readFlag(request: StructureReader, key: string): boolean | undefined {
  const value = request.value(key);
  if (value === undefined || typeof value === "boolean") return value;
  throw invalidInput(request.path(key), "true or false", describeKind(value));
}

/** The given ones of `keys`, each read by `read`. */
function pick<K extends string>(
  keys: readonly K[],
  request: StructureReader,
  read: (key: K) => number,
): { [key in K]?: number } {
  const found: { [key in K]?: number } = {};
  for (const key of keys) if (request.value(key) !== undefined) found[key] = read(key);
  return found;
}
