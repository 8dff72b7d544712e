import { TypeMismatchError } from "../errors/type-mismatch-error.ts";
import type { LanguageModelTool, LanguageModelToolChoice } from "../model/contract.ts";
import type { PreferredFormat, SamplingOptions } from "../routing/call/model-request.ts";
import type { ChatHistory, ChatMessage } from "../value/chat-history.ts";
import type { Json } from "../value/json.ts";
import type { OpenAIChatRequest } from "../value/openai-chat.ts";
import { formatOf } from "./format-of.ts";
import type { HandlerContext } from "./handler.ts";
import { toolChoiceOf, toolsOf } from "./tools-of.ts";

/** A conversation and what its sender asked for. */
export interface Conversation {
  readonly history: ChatHistory;
  /** The model that the request names; a history's own model says which one wrote it, not which one goes on. */
  readonly model: string | undefined;
  readonly sampling: SamplingOptions;
  readonly tools: readonly LanguageModelTool[];
  readonly toolChoice: LanguageModelToolChoice | undefined;
  readonly format: PreferredFormat | undefined;
}

/** A task's input as a conversation. */
export function conversationOf(context: HandlerContext): Conversation {
  const { input, task } = context;
  if (input.type === "chat_history") {
    // Safe: a value of this type was checked when it came in, or made by a handler.
    const history = input.value as unknown as ChatHistory;
    return { history, model: undefined, sampling: {}, tools: [], toolChoice: undefined, format: undefined };
  }
  if (input.type === "openai_chat") {
    // Safe: as above.
    return fromRequest(input.value as unknown as OpenAIChatRequest, context.startedAt);
  }
  throw new TypeMismatchError(
    `task ${task.id} (${task.handler}) needs a chat_history or an openai_chat, and got ${input.type}${input.type === "string" ? ": give it no prompt_template, or use raw_string" : ""}`,
    { expected: "chat_history or openai_chat", actual: input.type, handler: task.handler },
  );
}

function fromRequest(request: OpenAIChatRequest, now: number): Conversation {
  const timestamp = new Date(now).toISOString();
  const messages = (request.messages ?? []).map(
    (message): ChatMessage => ({
      id: "",
      role: message.role,
      ...(message.content && { content: textOf(message.content) }),
      ...(message.tool_calls && { callTools: message.tool_calls }),
      ...(message.tool_call_id !== undefined && { toolCallId: message.tool_call_id }),
      timestamp,
    }),
  );
  return {
    history: { messages, model: request.model ?? "", inputTokens: 0, outputTokens: 0 },
    model: request.model || undefined,
    sampling: samplingOf(request),
    tools: toolsOf(request.tools),
    toolChoice: toolChoiceOf(request.tool_choice),
    format: formatOf(request.response_format),
  };
}

/** Content may be a text or a list of parts; of those the texts. */
function textOf(content: Json): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part: Json) =>
      typeof part === "object" && part !== null && "text" in part && typeof part.text === "string" ? part.text : "",
    )
    .join("");
}

/** Zero is what clients of contenox/runtime send for "not said", except for the temperature. */
function samplingOf(request: OpenAIChatRequest): SamplingOptions {
  const stop = typeof request.stop === "string" ? [request.stop] : request.stop;
  return {
    ...(request.temperature !== undefined && { temperature: request.temperature }),
    ...(request.max_tokens ? { maxTokens: request.max_tokens } : {}),
    ...(request.top_p ? { topP: request.top_p } : {}),
    ...(stop !== undefined && stop.length > 0 && { stop }),
    ...(request.seed !== undefined && { seed: request.seed }),
    ...(request.presence_penalty ? { presencePenalty: request.presence_penalty } : {}),
    ...(request.frequency_penalty ? { frequencyPenalty: request.frequency_penalty } : {}),
  };
}
