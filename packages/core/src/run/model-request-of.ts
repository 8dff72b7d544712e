import type { ExecuteConfig } from "../chain/chain.ts";
import type { GenerateRequest } from "../handler/handler.ts";
import { promptOf } from "../model/prompt-of.ts";
import { promptSize } from "../model/prompt-size.ts";
import type { ModelRequest } from "../routing/call/model-request.ts";
import { TextCount } from "../routing/candidates/text-count.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";
import { samplingOf, wantedOf } from "./wanted-of.ts";

/** What a handler asks for, as a call that can be routed: the task's `execute_config` goes first, the runtime's defaults come last. */
export function modelRequestOf(
  request: GenerateRequest,
  config: ExecuteConfig,
  defaults: RuntimeDefaults,
  runId: string,
): ModelRequest {
  const { kind, model, tools = [], toolChoice, preferredFormat, answer, sampling } = request;
  const prompt = promptOf(request.messages);
  // A handler that counted knows better than our estimate, and not always which model it is that will answer.
  const contextLength = request.contextLength ?? promptSize(prompt, tools).tokens;
  const asked = samplingOf(config, sampling);
  const count = new TextCount(prompt, tools);
  const needs = { kind, model, contextLength, count, tools: tools.length > 0, outputTokens: asked.maxTokens, runId };
  return {
    wanted: wantedOf(config, needs, defaults),
    prompt,
    sampling: asked,
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    ...(preferredFormat !== undefined && { preferredFormat }),
    ...(answer !== undefined && { answer }),
  };
}
