import type { DataType, FailureClass, Json, JsonObject, TypedValue } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import type { FinishReason } from "../model-types.ts";
import type { ScriptedToolCall } from "../scripted/scripted-reply.ts";

/** What one attempt of a task comes to: said beforehand, or by a function that sees the attempt. */
export type Answer = PlainAnswer | AnswerFunction;

/**
 * A text or a `ModelAnswer` for a task that asks a model, numbers for one that embeds, JSON for a hook, a `HandlerAnswer` for a
 * custom handler, a `FailAnswer` for each of them. JSON that would be taken for something else is a `ValueAnswer`.
 */
export type PlainAnswer = FailAnswer | HandlerAnswer | ModelAnswer | ValueAnswer | PlainJson;

/**
 * What a task is given: one answer, or a list of them. A list alone is never an answer, but for a vector. The last part says
 * nothing new: by it the compiler finds the wrong one in a list, and reports it there.
 */
export type GivenAnswers = Exclude<Answer, readonly Json[]> | readonly number[] | readonly Answer[] | Answer[];

/** An object with `fail` is a failure, so that a misspelt one is refused and not taken for what a hook gives. */
type PlainJson = Exclude<Json, JsonObject> | (JsonObject & { readonly fail?: never });

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

/** The answer is this value and nothing else: for a list, for an object that has `fail`, and for one that has only `value`. */
export interface ValueAnswer {
  readonly value: Json;
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

/** Of an answer that was checked. */
export function isFailAnswer(answer: unknown): answer is FailAnswer {
  return isRecord(answer) && Object.hasOwn(answer, "fail");
}

/** Of an answer that was checked. */
export function isValueAnswer(answer: unknown): answer is ValueAnswer {
  return isRecord(answer) && Object.hasOwn(answer, "value") && hasOnly(answer, ["value"]);
}

const HANDLER_FIELDS = ["output", "outputType", "outcome"];

export function isHandlerAnswer(answer: unknown): answer is HandlerAnswer {
  return (
    isRecord(answer) && "output" in answer && typeof answer.outcome === "string" && hasOnly(answer, HANDLER_FIELDS)
  );
}

function hasOnly(record: object, fields: readonly string[]): boolean {
  return Object.keys(record).every((field) => fields.includes(field));
}
