import type { ChatHistory, OpenAIChatResponse, RunOutput } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { type Answered, usageOf } from "./completion.ts";

/** Kinds of output that are data of a chain's own, and no answer to anybody. */
const NO_ANSWER: ReadonlySet<string> = new Set(["openai_chat", "vector", "search_results"]);

const FINISH = { stop: "stop", length: "length", "content-filter": "content_filter" } as const;

/**
 * What a chain came to, as answers of a model: those of its response, the last message of its conversation, or its output as text.
 *
 * @throws HttpError 422 where the output is none that a client of a model could read
 */
export function answersOfRun(run: RunOutput): readonly Answered[] {
  const { output, outputType, usage } = run;
  if (output === null) throw noAnswer("the chain came to no output");
  // Safe, as below: the run's output is of the type that it says.
  if (outputType === "openai_chat_response") return answersOfResponse(output as unknown as OpenAIChatResponse);
  if (outputType === "chat_history") return [answerOfHistory(output as unknown as ChatHistory)];
  if (NO_ANSWER.has(outputType)) throw noAnswer(`the chain ends with a value of type ${outputType}`);
  const text = typeof output === "string" ? output : JSON.stringify(output);
  return [{ text, toolCalls: [], finishReason: "stop", usage: usageOf(usage.inputTokens, usage.outputTokens) }];
}

function answersOfResponse({ choices, usage }: OpenAIChatResponse): readonly Answered[] {
  return choices.map(({ message, finish_reason: finishReason }, index) => ({
    role: message.role,
    text: message.content ?? "",
    toolCalls: message.tool_calls ?? [],
    finishReason,
    // They were counted together.
    usage: index === 0 ? usageOf(usage.prompt_tokens, usage.completion_tokens) : usageOf(),
  }));
}

function answerOfHistory({ messages, inputTokens, outputTokens }: ChatHistory): Answered {
  const last = messages.at(-1);
  if (last === undefined) throw noAnswer("the chain ends with a conversation that has no message");
  const { role, content = "", callTools = [], finishReason = "stop" } = last;
  return {
    role,
    text: content,
    toolCalls: callTools,
    finishReason: callTools.length > 0 ? "tool_calls" : FINISH[finishReason],
    usage: usageOf(inputTokens, outputTokens),
  };
}

function noAnswer(what: string): HttpError {
  return new HttpError(
    422,
    `${what}, which is no answer to a chat: end it with a text, a conversation, or convert_to_openai_chat_response`,
  );
}
