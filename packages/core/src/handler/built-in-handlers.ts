import { HANDLER_SPECS, type HandlerSpec } from "../chain/handler-spec.ts";
import { conditionKey } from "./condition-key.ts";
import { convertToOpenAIChatResponse } from "./convert-to-openai-chat-response.ts";
import { embedding } from "./embedding.ts";
import type { Handler } from "./handler.ts";
import { hook } from "./hook.ts";
import { modelExecution } from "./model-execution.ts";
import { noop } from "./noop.ts";
import { parseKeyValue } from "./parse-key-value.ts";
import { parseNumber } from "./parse-number.ts";
import { parseRange } from "./parse-range.ts";
import { parseScore } from "./parse-score.ts";
import { parseTransition } from "./parse-transition.ts";
import { raiseError } from "./raise-error.ts";
import { rawString } from "./raw-string.ts";

/** A handler with the name it has in chains. */
export interface NamedHandler {
  readonly spec: HandlerSpec;
  readonly handler: Handler;
}

const HANDLERS: Readonly<Record<string, Handler>> = {
  raw_string: rawString,
  condition_key: conditionKey,
  parse_number: parseNumber,
  parse_score: parseScore,
  parse_range: parseRange,
  embedding,
  raise_error: raiseError,
  model_execution: modelExecution,
  parse_transition: parseTransition,
  parse_key_value: parseKeyValue,
  convert_to_openai_chat_response: convertToOpenAIChatResponse,
  noop,
  hook,
};

/** The kinds of task that every runtime knows, by name. */
export function builtInHandlers(): Map<string, NamedHandler> {
  return new Map(
    HANDLER_SPECS.flatMap((spec) => {
      const handler = HANDLERS[spec.name];
      return handler === undefined ? [] : [[spec.name, { spec, handler }] as const];
    }),
  );
}
