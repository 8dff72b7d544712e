import type { RecordedEvent } from "../engine/run-event.ts";
import type { StepRecord } from "../engine/step-record.ts";
import type { ErrorData } from "../errors/error-data.ts";
import { loggedError } from "../errors/logged-error.ts";
import type { Logger, LogLevel } from "../surroundings/logger.ts";

/**
 * Writes one structured record for a recorded event: names, numbers and codes. What a prompt, an answer or a caller says
 * (printed text, outcomes, messages of errors that may quote it, reasons) is written only `withText`.
 */
export function logEvent(logger: Logger, event: RecordedEvent, withText: boolean): void {
  const { runId, chainId, seq, at } = event;
  const fields = { runId, chainId, seq, at, ...fieldsOf(event), ...(withText && textsOf(event)) };
  logger.log(levelOf(event), event.kind, fields);
}

function levelOf(event: RecordedEvent): LogLevel {
  switch (event.kind) {
    case "run_failed":
      return "error";
    case "step_failed":
      // Who gave the run up knows of it.
      return event.step.error?.code === "run_cancelled" ? "info" : "warn";
    case "step_retrying":
      return "warn";
    case "run_started":
    case "run_completed":
    case "run_cancelled":
    case "step_completed":
      return "info";
    case "step_started":
    case "text_printed":
      return "debug";
  }
}

function fieldsOf(event: RecordedEvent): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case "run_started":
      return { chainHash: event.chainHash, inputType: event.inputType };
    case "step_started":
      return { key: event.key, taskId: event.taskId, handler: event.handler, visit: event.visit };
    case "step_completed":
      return { ...stepFields(event.step), goto: event.goto };
    case "step_failed":
      return { ...stepFields(event.step), ...(event.goto !== undefined && { goto: event.goto }) };
    case "step_retrying":
      return { ...stepFields(event.step), delayMs: event.delayMs };
    case "text_printed":
      return { key: event.key, taskId: event.taskId, characters: event.text.length };
    case "run_completed":
      return { outputType: event.output.type, usage: event.usage };
    case "run_failed":
      return failureFields(event.error);
    case "run_cancelled":
      return {};
  }
}

/** A step's outcome may be a whole answer, an error's message may quote one, and a reason is the caller's own text. */
function textsOf(event: RecordedEvent): Readonly<Record<string, unknown>> {
  switch (event.kind) {
    case "step_completed":
      return { outcome: event.step.outcome };
    case "step_failed":
    case "step_retrying":
      return { message: event.step.error?.message };
    case "text_printed":
      return { text: event.text };
    case "run_failed":
      return { message: event.error.message };
    case "run_cancelled":
      return { reason: event.reason };
    default:
      return {};
  }
}

function stepFields(step: StepRecord): Readonly<Record<string, unknown>> {
  const { key, taskId, handler, attempt, durationMs, model, backend, usage, error } = step;
  return {
    key,
    taskId,
    handler,
    attempt,
    durationMs,
    ...(model !== undefined && { model }),
    ...(backend !== undefined && { backend }),
    ...(usage !== undefined && { usage }),
    ...(error !== undefined && { code: error.code, failure: error.failure, ...loggedError(error) }),
  };
}

/** Which task failed, and of what: the error around it only says that one did. */
function failureFields(error: ErrorData): Readonly<Record<string, unknown>> {
  const { code, failure, cause } = error;
  return { code, failure, cause: cause?.code, ...(cause && loggedError(cause)), ...loggedError(error) };
}
