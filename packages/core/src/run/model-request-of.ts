import type { ExecuteConfig } from "../chain/chain.ts";
import type { GenerateRequest } from "../handler/handler.ts";
import { promptOf } from "../model/prompt-of.ts";
import type { ModelRequest } from "../routing/call/model-request.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";
import { samplingOf, wantedOf } from "./wanted-of.ts";

/** What a handler asks for, as a call that can be routed: the task's `execute_config` goes first, the runtime's defaults come last. */
export function modelRequestOf(
  request: GenerateRequest,
  config: ExecuteConfig,
  defaults: RuntimeDefaults,
  runId: string,
): ModelRequest {
  const { kind, model, contextLength, tools = [], toolChoice, preferredFormat, answer, sampling } = request;
  const asked = samplingOf(config, sampling);
  const needs = { kind, model, contextLength, tools: tools.length > 0, outputTokens: asked.maxTokens, runId };
  return {
    wanted: wantedOf(config, needs, defaults),
    prompt: promptOf(request.messages),
    sampling: asked,
    tools,
    ...(toolChoice !== undefined && { toolChoice }),
    ...(preferredFormat !== undefined && { preferredFormat }),
    ...(answer !== undefined && { answer }),
  };
}
