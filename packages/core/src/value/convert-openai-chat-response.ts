import { convertToolCall } from "./convert-chat-history.ts";
import type { Json } from "./json.ts";
import type { OpenAIChatChoice, OpenAIChatResponse } from "./openai-chat.ts";
import { readStructure } from "./structure-reader.ts";

/** Checks an answer of OpenAI's chat completions API; fields that it does not know are left out. Throws an `InputError` with the path of what is wrong. */
export function convertOpenAIChatResponse(raw: unknown): OpenAIChatResponse {
  const response = readStructure(raw, "$");
  const usage = response.child("usage");
  const fingerprint = response.optionalText("system_fingerprint");
  return {
    id: response.text("id", ""),
    object: response.text("object", ""),
    created: response.whole("created", 0),
    model: response.text("model", ""),
    choices: response.list("choices", convertChoice),
    usage: {
      prompt_tokens: usage.whole("prompt_tokens", 0),
      completion_tokens: usage.whole("completion_tokens", 0),
      total_tokens: usage.whole("total_tokens", 0),
    },
    ...(fingerprint !== undefined && { system_fingerprint: fingerprint }),
  };
}

function convertChoice(raw: Json, path: string): OpenAIChatChoice {
  const choice = readStructure(raw, path);
  const message = choice.child("message");
  const content = message.optionalText("content");
  const calls = message.list("tool_calls", convertToolCall);
  return {
    index: choice.whole("index", 0),
    message: {
      role: message.text("role", ""),
      ...(content !== undefined && { content }),
      ...(calls.length > 0 && { tool_calls: calls }),
    },
    finish_reason: choice.text("finish_reason", ""),
  };
}
