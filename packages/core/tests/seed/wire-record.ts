import type { StepRecord } from "../../src/engine/step-record.ts";
import type { DataType } from "../../src/value/data-type.ts";
import type { Json } from "../../src/value/json.ts";
import { printValue } from "../../src/value/print-value.ts";
import type { WireRecord } from "./answer.ts";
import { normalise } from "./normalise.ts";
import { withReadArguments } from "./their-answer.ts";

/** A step as the original's `state` has it. */
export function wireRecord(step: StepRecord, isDebug: boolean): WireRecord {
  return {
    taskID: step.taskId,
    taskHandler: step.handler,
    inputType: step.inputType,
    outputType: step.outputType,
    transition: step.transition,
    failed: step.error !== undefined,
    input: isDebug ? printInput(step.input ?? null) : "",
    output: isDebug ? withReadArguments(normalise(step.output ?? emptyOutput(step))) : "",
    inputVar: step.inputVar ?? step.taskId,
  };
}

function printInput(input: Json): string {
  return printValue(normalise(input));
}

/** A failed attempt has no output; the original writes the empty value of the type. */
function emptyOutput({ outputType, input = null, handler }: StepRecord): Json {
  return handler === "parse_transition" ? input : (EMPTY[outputType] ?? null);
}

const EMPTY: { readonly [type in DataType]?: Json } = { string: "", bool: false, int: 0, float: 0 };
