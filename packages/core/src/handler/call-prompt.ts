import { CatenaryError } from "../errors/catenary-error.ts";
import { type ModelReply, wholeReply } from "../model/reply.ts";
import type { AnswerShape } from "../routing/call/answer-shape.ts";
import type { PreferredFormat } from "../routing/call/model-request.ts";
import type { ChatMessage } from "../value/chat-history.ts";
import { trimReply } from "../value/trim-reply.ts";
import { extractPrompt } from "./extract-prompt.ts";
import type { HandlerContext } from "./handler.ts";

export interface AskOptions {
  readonly preferredFormat?: PreferredFormat;
  readonly answer?: AnswerShape;
  readonly stream?: "trimmed";
}

/** Sends a task's input to a model as one prompt, under the task's system instruction. The reply comes back trimmed. */
export async function callPrompt(context: HandlerContext, options: AskOptions = {}): Promise<string> {
  const { text } = await askModel(context, promptMessages(context), options);
  return trimReply(text);
}

/** A task's input as a prompt, under its system instruction. */
export function promptMessages(context: HandlerContext): readonly ChatMessage[] {
  const prompt = extractPrompt(context);
  if (prompt === "") {
    throw new CatenaryError(
      "prompt_empty",
      `task ${context.task.id} has an empty prompt: its input is empty, or its prompt_template rendered to nothing`,
    );
  }
  const system = context.systemInstruction();
  const messages: ChatMessage[] = [];
  const timestamp = new Date(context.startedAt).toISOString();
  if (system !== "") messages.push({ role: "system", content: system, timestamp });
  messages.push({ role: "user", content: prompt, timestamp });
  return messages;
}

/** Sends a prompt. A reply that was cut is none. */
export async function askModel(
  context: HandlerContext,
  messages: readonly ChatMessage[],
  options: AskOptions,
): Promise<ModelReply> {
  const reply = await context.generate({ kind: "prompt", messages, sampling: PRECISE, ...options });
  return wholeReply(reply, "executeConfig.maxTokens (in JSON execute_config.max_tokens)");
}

/** Prompts that say nothing about it are sent with temperature 0, as contenox/runtime does. */
export const PRECISE = Object.freeze({ temperature: 0 });
