import type { DataType, FailureClass, Json, JsonObject, TypedValue } from "@catenary/core";
import type { FinishReason } from "../model-types.ts";
import type { ScriptedToolCall } from "../scripted/scripted-reply.ts";

/** What one attempt of a task comes to: said beforehand, or by a function that sees the attempt. */
export type Answer = PlainAnswer | AnswerFunction;

/**
 * A text or a `ModelAnswer` for a task that asks a model, numbers for one that embeds, any JSON for a hook, a `HandlerAnswer`
 * for a custom handler, a `FailAnswer` for each of them.
 */
export type PlainAnswer = FailAnswer | HandlerAnswer | ModelAnswer | Json;

/** A function that throws stops the simulation with what it threw, so assertions can stand in it. */
export type AnswerFunction = (attempt: SimulatedAttempt) => PlainAnswer | Promise<PlainAnswer>;

/** The attempt fails. */
export interface FailAnswer {
  /** What the error says. */
  readonly fail: string;
  /** Decides whether it is tried again. Default: `server_error` for a model, `code` for a hook and a custom handler. */
  readonly failure?: FailureClass;
  /** How long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/** What a model says, where a text is not enough. */
export interface ModelAnswer {
  readonly text?: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Default `stop`, with tool calls `tool-calls`. */
  readonly finishReason?: FinishReason;
  /** Default: words of the prompt and of the text. */
  readonly usage?: { readonly inputTokens?: number; readonly outputTokens?: number };
}

/** What a custom handler would return. The handler itself is then not called. */
export interface HandlerAnswer {
  readonly output: Json;
  /** Default: what `handlers` says of this handler's output, else by the value: `string`, `bool`, `float`, `json`. */
  readonly outputType?: DataType;
  readonly outcome: string;
}

/** What an answering function sees. */
export interface SimulatedAttempt {
  readonly taskId: string;
  /** What the task works on. */
  readonly input: TypedValue;
  /** Counted from 1, anew with each visit. */
  readonly attempt: number;
  /** How often the task was entered, this time included. */
  readonly visit: number;
  /** The values of the variables that are set. */
  readonly variables: Readonly<Record<string, Json>>;
  /** The text that the model was asked, where one was. */
  readonly prompt?: string;
  /** The arguments of the hook, where one was called. */
  readonly args?: JsonObject;
}

const FAIL_FIELDS = ["fail", "failure", "retryAfterMs"];
const HANDLER_FIELDS = ["output", "outputType", "outcome"];

export function isFailAnswer(answer: Answer): answer is FailAnswer {
  return isRecord(answer) && typeof answer.fail === "string" && hasOnly(answer, FAIL_FIELDS);
}

export function isHandlerAnswer(answer: Answer): answer is HandlerAnswer {
  return (
    isRecord(answer) && "output" in answer && typeof answer.outcome === "string" && hasOnly(answer, HANDLER_FIELDS)
  );
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function hasOnly(record: object, fields: readonly string[]): boolean {
  return Object.keys(record).every((field) => fields.includes(field));
}
