import type { ToolCall } from "@catenary/core";

/** How many tokens a completion took, in OpenAI's words. */
export interface CompletionUsage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens: number };
  readonly completion_tokens_details?: { readonly reasoning_tokens: number };
}

/** One answer, wherever it comes from. */
export interface Answered {
  readonly role?: string;
  readonly text: string;
  readonly reasoning?: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: string;
  readonly usage: CompletionUsage;
  /** The model that answered, where it told. */
  readonly model?: string | undefined;
}

/** What every part of a completion says. */
export interface CompletionHead {
  readonly id: string;
  /** Seconds since the Unix epoch. */
  readonly created: number;
  readonly model: string;
}

export function usageOf(input = 0, output = 0): CompletionUsage {
  return { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
}

export function addUsage(a: CompletionUsage, b: CompletionUsage): CompletionUsage {
  const cached = sum(a.prompt_tokens_details?.cached_tokens, b.prompt_tokens_details?.cached_tokens);
  const reasoned = sum(a.completion_tokens_details?.reasoning_tokens, b.completion_tokens_details?.reasoning_tokens);
  return {
    ...usageOf(a.prompt_tokens + b.prompt_tokens, a.completion_tokens + b.completion_tokens),
    ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
    ...(reasoned !== undefined && { completion_tokens_details: { reasoning_tokens: reasoned } }),
  };
}

function sum(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined && b === undefined ? undefined : (a ?? 0) + (b ?? 0);
}

/** A whole completion: one choice for each answer, in their order. */
export function completionOf(head: CompletionHead, answers: readonly Answered[]) {
  return {
    id: head.id,
    object: "chat.completion",
    created: head.created,
    model: head.model,
    choices: answers.map(choiceOf),
    usage: answers.map(({ usage }) => usage).reduce(addUsage, usageOf()),
  };
}

function choiceOf({ role = "assistant", text, reasoning, toolCalls, finishReason }: Answered, index: number) {
  return {
    index,
    message: {
      role,
      // Beside tool calls a text may be missing; elsewhere an empty one is an answer.
      content: text === "" && toolCalls.length > 0 ? null : text,
      refusal: null,
      ...(reasoning !== undefined && { reasoning_content: reasoning }),
      ...(toolCalls.length > 0 && { tool_calls: toolCalls }),
    },
    logprobs: null,
    finish_reason: finishReason,
  };
}
