import { CatenaryError } from "../errors/catenary-error.ts";
import { cutShort, type ModelReply } from "../model/reply.ts";
import { asJson } from "../value/as-json.ts";
import type { ChatHistory, ChatMessage } from "../value/chat-history.ts";
import { type Conversation, conversationOf } from "./conversation-of.ts";
import type { Handler, HandlerContext } from "./handler.ts";

/** One turn of a conversation: a model's reply is appended to it. */
export const modelExecution: Handler = {
  async execute(context) {
    const conversation = conversationOf(context);
    const messages = withSystem(context, conversation.history.messages);
    if (messages.length === 0) {
      throw new CatenaryError(
        "prompt_empty",
        `task ${context.task.id} has an empty conversation: give it a message or a system_instruction`,
      );
    }
    const counted = context.executeConfig.model ?? conversation.model ?? conversation.history.model;
    const inputTokens = await countAll(context, messages, counted);
    checkLimit(context, inputTokens);
    const reply = await ask(context, conversation, messages, inputTokens);
    const outputTokens = reply.text === "" ? 0 : await context.countTokens(reply.text, counted);
    const history: ChatHistory = {
      ...conversation.history,
      messages: [...messages, assistantMessage(context, reply)],
      inputTokens,
      outputTokens,
    };
    return { output: { type: "chat_history", value: asJson(history) }, outcome: "executed" };
  },
};

/** The task's system instruction comes first, unless the conversation has the same already. */
function withSystem(context: HandlerContext, messages: readonly ChatMessage[]): readonly ChatMessage[] {
  const content = context.systemInstruction();
  if (content === "" || messages.some((message) => message.role === "system" && message.content === content))
    return messages;
  return [{ id: "", role: "system", content, timestamp: new Date(context.startedAt).toISOString() }, ...messages];
}

/** What a client says about its own tokens is not trusted: a limit could be evaded with it. */
async function countAll(context: HandlerContext, messages: readonly ChatMessage[], model: string): Promise<number> {
  let total = 0;
  for (const message of messages) {
    if (message.content) total += await context.countTokens(message.content, model);
    for (const call of message.callTools ?? []) total += await context.countTokens(call.function.arguments, model);
  }
  return total;
}

function checkLimit({ tokenLimit, task }: HandlerContext, inputTokens: number): void {
  if (tokenLimit <= 0 || inputTokens <= tokenLimit) return;
  throw new CatenaryError(
    "token_limit_exceeded",
    `the conversation of task ${task.id} has ${inputTokens} tokens, and the chain's token_limit is ${tokenLimit}: shorten it, or raise the limit`,
    { details: { inputTokens, tokenLimit } },
  );
}

function ask(
  context: HandlerContext,
  conversation: Conversation,
  messages: readonly ChatMessage[],
  contextLength: number,
): Promise<ModelReply> {
  const { model, sampling, tools, toolChoice, format } = conversation;
  return context.generate({
    kind: "chat",
    messages,
    sampling,
    contextLength,
    stream: "verbatim",
    ...(model !== undefined && { model }),
    ...(tools.length > 0 && { tools }),
    ...(toolChoice !== undefined && { toolChoice }),
    ...(format !== undefined && { preferredFormat: format }),
  });
}

function assistantMessage(context: HandlerContext, reply: ModelReply): ChatMessage {
  return {
    id: "",
    role: "assistant",
    ...(reply.text !== "" && { content: reply.text }),
    ...(reply.toolCalls.length > 0 && { callTools: reply.toolCalls }),
    ...cutShort(reply),
    timestamp: new Date(context.startedAt).toISOString(),
  };
}
