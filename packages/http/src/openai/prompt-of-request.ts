import type { LanguageModelPrompt } from "@catenary/core";
import type { RequestMessage } from "./chat-request.ts";
import { textOf } from "./text-of.ts";
import { userPart } from "./user-part.ts";

type PromptMessage = LanguageModelPrompt[number];

/** A call that no message has answered yet. */
interface OpenCall {
  readonly id: string;
  readonly name: string;
}

/**
 * The messages of a request as the provider specification has them. Answers without an id go to the earliest call that nobody
 * answered yet; a role that nobody knows counts as the user's.
 *
 * @throws HttpError 400 where a part of a content is none that a model could be given
 */
export function promptOfRequest(messages: readonly RequestMessage[]): LanguageModelPrompt {
  const open: OpenCall[] = [];
  return messages.map((message, place): PromptMessage => {
    switch (message.role) {
      case "system":
      case "developer":
        return { role: "system", content: textOf(message.content, place) };
      case "assistant":
        return fromAssistant(message, place, open);
      case "tool":
        return fromTool(message, place, open);
      default:
        return { role: "user", content: userContent(message, place) };
    }
  });
}

function userContent({ content = "" }: RequestMessage, place: number) {
  if (typeof content === "string") return [{ type: "text" as const, text: content }];
  return content.map((part, at) => userPart(part, `messages.${place}.content.${at}`));
}

function fromAssistant({ content, tool_calls = [] }: RequestMessage, place: number, open: OpenCall[]): PromptMessage {
  const text = textOf(content, place);
  const calls = tool_calls.map((call, index) => {
    const toolCallId = call.id || `call_${place}_${index}`;
    open.push({ id: toolCallId, name: call.function.name });
    const input = parsed(call.function.arguments ?? "");
    return { type: "tool-call" as const, toolCallId, toolName: call.function.name, input };
  });
  const texts = text === "" && calls.length > 0 ? [] : [{ type: "text" as const, text }];
  return { role: "assistant", content: [...texts, ...calls] };
}

function fromTool({ content, tool_call_id }: RequestMessage, place: number, open: OpenCall[]): PromptMessage {
  const at = tool_call_id ? open.findIndex(({ id }) => id === tool_call_id) : 0;
  const [call] = at === -1 ? [] : open.splice(at, 1);
  const output = { type: "text" as const, value: textOf(content, place) };
  const toolCallId = tool_call_id || call?.id || "";
  return { role: "tool", content: [{ type: "tool-result", toolCallId, toolName: call?.name ?? "", output }] };
}

/** Models write arguments that are no JSON; such text goes back as it came. */
function parsed(text: string): unknown {
  if (text === "") return {};
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
