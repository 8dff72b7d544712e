import type { StepRecord } from "@catenary/core";
import type { ChatRequest } from "./chat-request.ts";

/** What changes an answer at OpenAI, and has no word in what models are asked here. */
const NOT_PASSED_ON = [
  "audio",
  "function_call",
  "functions",
  "logit_bias",
  "modalities",
  "prediction",
  "verbosity",
  "web_search_options",
] as const;

/** The fields of a request that nobody will see, for people. */
export function warningsOfRequest(request: ChatRequest): readonly string[] {
  return NOT_PASSED_ON.filter((name) => request[name] !== undefined && request[name] !== null).map(
    (name) => `${name} is not passed on`,
  );
}

/** The same of a request that a chain answers: the tasks of a chain have no word for these either. */
export function warningsOfChainRequest(request: ChatRequest): readonly string[] {
  const more = (["parallel_tool_calls", "reasoning_effort"] as const).filter((name) => request[name] !== undefined);
  return [...warningsOfRequest(request), ...more.map((name) => `${name} is not passed on to the models of chains`)];
}

/** Where the form of the answer that the request asks for reached none of the models that wrote the conversation, for people. */
export function warningsOfSteps({ response_format }: ChatRequest, steps: readonly StepRecord[]): readonly string[] {
  if (response_format === undefined || response_format.type === "text") return [];
  return steps
    .filter(({ handler, route }) => handler === "model_execution" && route?.tried.at(-1)?.formatLeftOut === true)
    .map(({ taskId, model }) => `response_format was left out in task ${taskId}: ${model} is not known to obey it`);
}

const LONGEST = 1_000;

/** The header that tells of them; none where there are none. */
export function warningsHeader(warnings: Iterable<string>): Readonly<Record<string, string>> {
  const text = [...warnings].join("; ").replace(/[^\x20-\x7e]+/g, " ");
  return text === "" ? {} : { "x-catenary-warnings": text.slice(0, LONGEST) };
}
