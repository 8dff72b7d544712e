import type { TaskDefinition } from "../chain/chain.ts";
import { HANDLER_SPECS, type HandlerSpec } from "../chain/handler-spec.ts";
import type { ErrorData } from "../errors/error-data.ts";
import type { DataType } from "../value/data-type.ts";
import type { Outcome } from "../value/outcome.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { CallReport } from "./call-report.ts";
import type { CompiledTask, Program } from "./program.ts";
import type { CurrentStep } from "./run-state.ts";
import type { StepRecord } from "./step-record.ts";

/** How an attempt went. `output` is absent where the handler did not get that far. */
export interface AttemptEnd {
  readonly startedAt: number;
  readonly at: number;
  readonly calls: CallReport;
  readonly output?: TypedValue;
  readonly outcome?: Outcome;
  readonly error?: ErrorData;
}

/** The record of one attempt. */
export function recordStep(program: Program, task: CompiledTask, step: CurrentStep, end: AttemptEnd): StepRecord {
  const { definition } = task;
  const { calls, error, output } = end;
  const failed = error !== undefined;
  const text = failed ? "" : (end.outcome?.text ?? "");
  const outputType = error === undefined ? (output?.type ?? "any") : failedType(definition, step, error);
  const record: Mutable<StepRecord> = {
    key: step.key,
    taskId: definition.id,
    handler: definition.handler,
    visit: step.visit,
    attempt: step.attempt,
    startedAt: end.startedAt,
    durationMs: end.at - end.startedAt,
    inputVar: task.inputVar?.name,
    inputType: step.input.type,
    outputType,
    outcome: text,
    transition: failed ? failedTransition(definition.handler) : (end.outcome?.transition ?? text),
  };
  if (error !== undefined) record.error = error;
  if (program.chain.debug === true) {
    record.input = step.input.value;
    if (output !== undefined) record.output = output.value;
  }
  addCalls(record, calls);
  return record;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function addCalls(record: Mutable<StepRecord>, calls: CallReport): void {
  if (calls.model !== undefined) record.model = calls.model;
  if (calls.backend !== undefined) record.backend = calls.backend;
  if (calls.provider !== undefined) record.provider = calls.provider;
  if (calls.usage !== undefined) record.usage = calls.usage;
  if (calls.route !== undefined) record.route = calls.route;
  if (calls.structured !== undefined) record.structured = calls.structured;
}

/**
 * The type that a failed attempt is reported with, as clients of contenox/runtime know it: what a prompt or an embedding was
 * to become, the input's where that is passed on; `any` of all others, and where no prompt could be made of the input.
 */
function failedType({ handler, output }: TaskDefinition, { input }: CurrentStep, { code }: ErrorData): DataType {
  const spec = SPECS.get(handler);
  if (handler === "raw_string" && output !== undefined) return "json";
  if (spec === undefined || code === "type_mismatch") return "any";
  if (spec.output === "input") return input.type;
  const prompts = spec.calls === "prompt" || spec.calls === "embed";
  return prompts && spec.output !== "none" ? spec.output : "any";
}

const SPECS: ReadonlyMap<string, HandlerSpec> = new Map(HANDLER_SPECS.map((spec) => [spec.name, spec]));

/** A failed attempt has no outcome; clients of contenox/runtime know a failed hook by this word. */
function failedTransition(handler: string): string {
  return handler === "hook" ? "failed" : "";
}
