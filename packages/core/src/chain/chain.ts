import type { FailureClass } from "../errors/failure-class.ts";
import type { DataType } from "../value/data-type.ts";
import type { Json, JsonObject } from "../value/json.ts";

/** The reserved target that finishes a run. The empty string means the same. */
export const END = "end";

export const OPERATORS = [
  "equals",
  "contains",
  "starts_with",
  "ends_with",
  ">",
  "gt",
  "<",
  "lt",
  "in_range",
  "default",
] as const;

/** How a task's outcome is compared with a branch's `when`. `gt` is `>`, `lt` is `<`. */
export type Operator = (typeof OPERATORS)[number];

/** One conditional way out of a task. */
export interface Branch {
  readonly operator: Operator;
  /** What the outcome is compared with; text, also for numbers. Ignored by `default`. */
  readonly when: string;
  /** A task's id, or `end`. */
  readonly goto: string;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** What follows a task. */
export interface Transition {
  /** Where to go when the task failed for good: a task's id, or `end`. Absent: the run fails. */
  readonly onFailure?: string;
  /** The first that matches is taken, then the first `default`. A task without branches ends the run. */
  readonly branches: readonly Branch[];
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

export const COMPOSE_STRATEGIES = ["override", "merge_chat_histories", "append_string_to_chat_history"] as const;

export type ComposeStrategy = (typeof COMPOSE_STRATEGIES)[number];

/** Combines a task's output with a variable before it is stored. */
export interface Compose {
  readonly withVar: string;
  /** Absent: chosen from the two values. */
  readonly strategy?: ComposeStrategy;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** Which hook a task calls, and with what. */
export interface HookCall {
  readonly name: string;
  /** Strings in it, at any depth, are templates. */
  readonly args?: Readonly<Record<string, Json>>;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** How often and when a failed attempt is made again, with a pause in between. */
export interface RetryPolicy {
  /** Further attempts after the first. */
  readonly max: number;
  /** Pause before the first retry as a duration (`500ms`); it doubles with each further one, up to 30 s. Default `500ms`. */
  readonly backoff?: string;
  /** Whether the pause is drawn uniformly between 0 and its value. Default true. */
  readonly jitter?: boolean;
  /** Which kinds of failure are tried again. Default: all that can pass (see `FailureClass`), 401 and 403 excepted. */
  readonly on?: readonly FailureClass[];
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** How a model is chosen among the candidates. */
export interface RoutingConfig {
  /** A policy's name. Default: the group's, else the runtime's. */
  readonly policy?: string;
  /** The id or the name of an affinity group. The call never leaves it, but for an overflow that the group declares. Default: every backend. */
  readonly group?: string;
  /** Instead of a group: what it is for. All groups of this purpose together. */
  readonly purpose?: string;
  /** Calls of one session go to the same candidate as long as that costs little, because its server may still have their beginning in memory. Default: none. */
  readonly session?: string;
  /** Whether the calls of one run are a session. Default false. */
  readonly sticky?: boolean;
  /** How long a step may try, over all its model calls: a duration such as `90s`. Default `10m`. */
  readonly deadline?: string;
  /** How many model calls a step may make in all. Default: max(3, `retryOnFailure` + 1). */
  readonly attempts?: number;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** Which model a task calls, and how. On a chain: the default of all its tasks, field by field. */
export interface ExecuteConfig {
  readonly model?: string;
  /** Further models, in order of preference. */
  readonly models?: readonly string[];
  /** A backend's type (`ollama`, `openai`, …). */
  readonly provider?: string;
  readonly providers?: readonly string[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly topP?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly presencePenalty?: number;
  readonly frequencyPenalty?: number;
  readonly routing?: RoutingConfig;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** One element of a chain. Which fields a task uses depends on its handler. */
export interface TaskDefinition {
  readonly id: string;
  readonly description?: string;
  /** What kind of task it is: one of the thirteen built-in names, or that of a custom handler. */
  readonly handler: string;
  /** A template. */
  readonly systemInstruction?: string;
  readonly validConditions?: Readonly<Record<string, boolean>>;
  readonly executeConfig?: ExecuteConfig;
  readonly hook?: HookCall;
  /** A template. Rendered after the task succeeded, and sent to listeners. */
  readonly print?: string;
  /** A template. Rendered, it replaces the task's input. */
  readonly promptTemplate?: string;
  /** A template over a hook's output. */
  readonly outputTemplate?: string;
  /**
   * A JSON Schema that the output must satisfy. A `raw_string` then asks its model for such a value and produces it, as `json`; a
   * hook's answer and what a custom handler produces are checked against it. What does not satisfy it fails the attempt.
   */
  readonly output?: JsonObject;
  /** The variable that is the task's input. Absent: the output of the task before. */
  readonly inputVar?: string;
  readonly compose?: Compose;
  readonly transition: Transition;
  /** A duration (`30s`, `1m30s`) for one attempt. `0`: none. */
  readonly timeout?: string;
  /** Further attempts after a failed one, at once. */
  readonly retryOnFailure?: number;
  readonly retry?: RetryPolicy;
  /** Whether this task's text is part of the run's `textStream` although it is not the last. */
  readonly stream?: boolean;
  /** Whether an attempt that failed after a part of its text was delivered is made again; readers get a `step_reset`. */
  readonly restart?: boolean;
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

/** What a chain is, as data. Frozen at every depth. */
export interface ChainDefinition {
  readonly id: string;
  readonly description?: string;
  /** Whether step records carry inputs and outputs. Default false. */
  readonly debug?: boolean;
  /** The largest number of input tokens that `model_execution` sends. 0 or absent: no limit. */
  readonly tokenLimit?: number;
  readonly executeConfig?: ExecuteConfig;
  /**
   * The type of the input where `run` does not say another, or a JSON Schema. Input that does not satisfy the schema fails the
   * first task, before it begins. Default `string`.
   */
  readonly input?: DataType | JsonObject;
  /** A JSON Schema. Output that does not satisfy it fails the task that would have ended the run. */
  readonly output?: JsonObject;
  /** Further variables that the caller gives with `run(…, { variables })`. */
  readonly variables?: Readonly<Record<string, DataType>>;
  /** The first is the start. */
  readonly tasks: readonly TaskDefinition[];
  /** Fields that are not known here, as they came. */
  readonly extra?: Readonly<Record<string, Json>>;
}

declare const inputType: unique symbol;
declare const outputType: unique symbol;
declare const needsType: unique symbol;

/** A checked chain: its definition, its content hash, and its JSON. Made by `defineChain` and `parseChain`. */
export interface Chain<Input = unknown, Output = unknown, Needs = unknown> extends ChainDefinition {
  /** SHA-256 of the canonical JSON, as hexadecimal text. Equal chains have equal hashes. */
  readonly hash: string;
  /** The chain in the wire's spelling. `parseChain` of it gives an equal chain. */
  toJSON(): { readonly [key: string]: Json };
  readonly [inputType]?: Input;
  readonly [outputType]?: Output;
  readonly [needsType]?: Needs;
}
