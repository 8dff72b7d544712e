import { ReplyError } from "../errors/reply-error.ts";
import type { CutShort, ToolCall } from "../value/chat-history.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { Rung } from "../value/rung.ts";
import type { Usage } from "../value/usage.ts";
import type { LanguageModelResult, LanguageModelUsage } from "./contract.ts";
import { textsOfWarnings } from "./text-of-warning.ts";

/** What a model answered, as plain data. */
export interface ModelReply {
  readonly text: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: LanguageModelResult["finishReason"]["unified"];
  readonly usage: Usage;
  /** What of the call could not be met as it was asked, for people. Absent where nothing is said. */
  readonly warnings?: readonly string[];
  /** Where an answer of a shape was asked for: the way that it was asked for in. */
  readonly askedBy?: Exclude<Rung, "re-ask">;
}

/** The parts of a provider's result that the runtime works with. */
export function replyOf(result: LanguageModelResult): ModelReply {
  checkResult(result);
  let text = "";
  const toolCalls: ToolCall[] = [];
  for (const part of result.content) {
    if (part.type === "text") text += part.text;
    else if (part.type === "tool-call") toolCalls.push(toolCallOf(part.toolCallId, part.toolName, part.input));
  }
  const warnings = textsOfWarnings(result.warnings);
  return {
    text,
    toolCalls,
    finishReason: result.finishReason.unified,
    usage: usageOf(result.usage),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Providers are not all written in TypeScript. */
export function checkResult(result: Partial<LanguageModelResult> | undefined | null): void {
  if (!Array.isArray(result?.content)) {
    throw new ReplyError(
      `the provider was to answer with a list of contents, and the list is ${describeKind(result?.content)}`,
    );
  }
  if (typeof result.finishReason?.unified === "string") return;
  throw new ReplyError("the provider did not say why the model stopped: finishReason.unified is missing");
}

/**
 * The reply to a prompt: half of one is none.
 *
 * @param limit The option that sets the limit of tokens, as whoever asked writes it.
 * @throws ReplyError with `finishReason: "length"` in its details
 */
export function wholeReply(reply: ModelReply, limit: string): ModelReply {
  if (reply.finishReason !== "length") return reply;
  throw new ReplyError(
    `the model stopped because its answer reached the limit of tokens, after ${reply.text.length} characters: raise ${limit}, or ask for a shorter answer`,
    { finishReason: "length" },
  );
}

/** Why a model's message ends before the model was done, as the message has it. Empty where it was done. */
export function cutShort({ finishReason }: ModelReply): { readonly finishReason?: CutShort } {
  return finishReason === "length" || finishReason === "content-filter" ? { finishReason } : {};
}

export function toolCallOf(id: string, name: string, input: string): ToolCall {
  return { id, type: "function", function: { name, arguments: input } };
}

export function usageOf(usage: LanguageModelUsage | undefined): Usage {
  return { inputTokens: usage?.inputTokens?.total, outputTokens: usage?.outputTokens?.total };
}
