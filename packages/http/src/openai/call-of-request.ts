import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { type ChatRequest, mostTokensOf } from "./chat-request.ts";
import { promptOfRequest } from "./prompt-of-request.ts";

/**
 * A request as a call of a model. Zero means "not said", as for chains, except for the temperature; as a limit of tokens it is refused, because
 * clients of the original ask chains, and who asks a model for no token would get as many as it likes.
 *
 * @throws HttpError 400 where it asks for what no model could be asked for
 */
export function callOfRequest(request: ChatRequest): LanguageModelCallOptions {
  const { temperature, top_p, stop, seed, presence_penalty, frequency_penalty } = request;
  const { reasoning_effort } = request;
  const maxOutputTokens = mostTokensOf(request);
  const stopSequences = typeof stop === "string" ? [stop] : stop;
  const tools = (request.tools ?? []).map(toolOf);
  const toolChoice = toolChoiceOf(request.tool_choice);
  refuseUnanswerable(request);
  const responseFormat = responseFormatOf(request.response_format);
  return {
    prompt: promptOfRequest(request.messages),
    ...(temperature !== undefined && { temperature }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
    ...(top_p && { topP: top_p }),
    ...(stopSequences !== undefined && stopSequences.length > 0 && { stopSequences }),
    ...(seed !== undefined && { seed }),
    ...(presence_penalty && { presencePenalty: presence_penalty }),
    ...(frequency_penalty && { frequencyPenalty: frequency_penalty }),
    ...(tools.length > 0 && { tools }),
    ...(tools.length > 0 && toolChoice !== undefined && { toolChoice }),
    ...(responseFormat !== undefined && { responseFormat }),
    ...(reasoning_effort !== undefined && { reasoning: effortOf(reasoning_effort) }),
    ...providerOptionsOf(request),
  };
}

/** Only OpenAI's servers, and those that take after them, know these words; the specification has none for them. */
function providerOptionsOf({ parallel_tool_calls, response_format }: ChatRequest) {
  const strict = response_format?.json_schema?.strict;
  if (parallel_tool_calls === undefined && strict === undefined) return {};
  const openai = {
    ...(parallel_tool_calls !== undefined && { parallelToolCalls: parallel_tool_calls }),
    ...(strict !== undefined && { strictJsonSchema: strict }),
  };
  return {
    providerOptions: { openai, ...(strict !== undefined && { openaiCompatible: { strictJsonSchema: strict } }) },
  };
}

function toolOf({ type = "function", function: given }: NonNullable<ChatRequest["tools"]>[number], place: number) {
  if (type !== "function" || given === undefined) {
    const param = `tools.${place}`;
    throw new HttpError(400, `${param} expects a tool of type function, with its function`, { param });
  }
  const { name, description, parameters = { type: "object", properties: {} }, strict } = given;
  return {
    type: "function" as const,
    name,
    // Safe: what it means is the provider's and the model's business; here it only has to be an object.
    inputSchema: parameters as LanguageModelTool["inputSchema"],
    ...(description !== undefined && { description }),
    ...(strict !== undefined && { strict }),
  };
}

/** What would be answered as if it had not been asked for. */
function refuseUnanswerable(request: ChatRequest): void {
  const { logprobs, tools = [], tool_choice } = request;
  for (const param of ["max_tokens", "max_completion_tokens"] as const) {
    if (request[param] !== 0) continue;
    const message = `${param} expects a whole number of at least 1; got 0: leave it out where any length will do`;
    throw new HttpError(400, message, { param });
  }
  if (logprobs === true)
    throw new HttpError(400, "logprobs are not to be had from routed models: leave it out", { param: "logprobs" });
  if (tools.length === 0 && tool_choice !== undefined && tool_choice !== "auto" && tool_choice !== "none")
    throw new HttpError(400, "tool_choice asks for a tool, and there are none: send tools too", {
      param: "tool_choice",
    });
}

function toolChoiceOf(choice: ChatRequest["tool_choice"]): LanguageModelCallOptions["toolChoice"] {
  if (choice === undefined) return undefined;
  if (typeof choice === "string") return { type: choice };
  if (choice.function !== undefined) return { type: "tool", toolName: choice.function.name };
  throw new HttpError(
    400,
    'tool_choice expects "auto", "none", "required", or { "type": "function", "function": { "name": … } }',
    { param: "tool_choice" },
  );
}

function responseFormatOf(format: ChatRequest["response_format"]): LanguageModelCallOptions["responseFormat"] {
  if (format === undefined || format.type === "text") return undefined;
  if (format.type === "json_object") return { type: "json" };
  const { schema, name, description } = format.json_schema ?? {};
  if (format.type !== "json_schema" || schema === undefined) {
    throw new HttpError(
      400,
      'response_format expects the type "text", "json_object", or "json_schema" with a json_schema that has a schema',
      { param: "response_format" },
    );
  }
  return {
    type: "json",
    // Safe: as for tools.
    schema: schema as LanguageModelTool["inputSchema"],
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
}

const EFFORTS = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;

function effortOf(effort: string): (typeof EFFORTS)[number] {
  const known = EFFORTS.find((word) => word === effort);
  if (known !== undefined) return known;
  throw new HttpError(400, `reasoning_effort expects one of ${EFFORTS.join(", ")}`, { param: "reasoning_effort" });
}
