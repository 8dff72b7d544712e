import type { HandlerSpec } from "../chain/handler-spec.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import { InputError } from "../errors/input-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { isThenable } from "../surroundings/is-thenable.ts";
import { convertInput } from "../value/convert-input.ts";
import { copyJson } from "../value/copy-json.ts";
import { isDataType } from "../value/data-type.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { NamedHandler } from "./built-in-handlers.ts";
import { checkTaskOutput } from "./check-task-output.ts";
import type { Handler, HandlerContext, HandlerResult } from "./handler.ts";

/**
 * A handler that an application wrote, under the name that its chains use. What it returns is checked, because it is kept, sent
 * and read by other tasks: an output that is not what its type says fails the attempt (`handler_result_invalid`).
 *
 * @throws CatenaryError `settings_invalid` where it is no handler.
 */
export function customHandler(name: string, handler: Handler): NamedHandler {
  const given: unknown = handler;
  if (typeof given !== "object" || given === null || typeof handler.execute !== "function") {
    throw new CatenaryError(
      "settings_invalid",
      `the handler ${name} is to be an object with a function \`execute\`; got ${describeKind(given)}`,
    );
  }
  const spec: HandlerSpec = { fields: [], required: [], output: "any", ...handler.spec, name };
  return {
    spec,
    handler: {
      execute(context) {
        const running = handler.execute(context);
        if (!isThenable(running)) return held(context, checkResult(name, running));
        return Promise.resolve(running).then((result) => held(context, checkResult(name, result)));
      },
    },
  };
}

/** Where the task has a schema for its output, that holds too. */
function held(context: HandlerContext, result: HandlerResult): HandlerResult {
  checkTaskOutput(context, result.output.value, "code");
  return result;
}

function checkResult(name: string, result: unknown): HandlerResult {
  if (typeof result !== "object" || result === null) throw wrong(name, `it returned ${describeKind(result)}`);
  const output: unknown = Reflect.get(result, "output");
  if (typeof output !== "object" || output === null) throw wrong(name, `its output is ${describeKind(output)}`);
  const type: unknown = Reflect.get(output, "type");
  if (typeof type !== "string" || !isDataType(type)) throw wrong(name, `the type of its output is ${quote(type)}`);
  const value: unknown = Reflect.get(output, "value");
  if (value === undefined) throw wrong(name, "its output has no value");
  return { output: checkValue(name, value, type), outcome: checkOutcome(name, Reflect.get(result, "outcome")) };
}

function checkValue(name: string, value: unknown, type: HandlerResult["output"]["type"]): HandlerResult["output"] {
  try {
    const converted = convertInput(value, type);
    // The handler may keep what it returned, and change it.
    return { type, value: copyJson(converted.value) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw wrong(name, `its output is no ${type}: ${messageOf(error)}`);
  }
}

function checkOutcome(name: string, outcome: unknown): HandlerResult["outcome"] {
  if (typeof outcome === "string") return outcome;
  if (typeof outcome !== "object" || outcome === null) throw wrong(name, `its outcome is ${describeKind(outcome)}`);
  const text: unknown = Reflect.get(outcome, "text");
  const transition: unknown = Reflect.get(outcome, "transition");
  const number: unknown = Reflect.get(outcome, "number");
  if (typeof text !== "string") throw wrong(name, `the text of its outcome is ${describeKind(text)}`);
  if (transition !== undefined && typeof transition !== "string")
    throw wrong(name, `the transition of its outcome is ${describeKind(transition)}`);
  if (number !== undefined && typeof number !== "number")
    throw wrong(name, `the number of its outcome is ${describeKind(number)}`);
  return { text, ...(transition !== undefined && { transition }), ...(number !== undefined && { number }) };
}

function quote(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : describeKind(value);
}

function wrong(handler: string, problem: string): CatenaryError {
  return new CatenaryError(
    "handler_result_invalid",
    `the handler ${handler} is to return { output: { type, value }, outcome }, and ${problem}`,
    { details: { handler } },
  );
}
