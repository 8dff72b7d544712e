import type { Clock } from "../surroundings/clock.ts";
import type { Fetch } from "../surroundings/fetch.ts";
import type { JsonObject } from "../value/json.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { RemoteHook } from "./remote-hook.ts";

/**
 * One call of a hook by a task. A hook that says what its arguments are (`HookInvocation<{ text: string }>`) has them checked
 * by `defineChain.with`. Write them as a type, not as an interface: to the compiler an interface is no JSON.
 */
export interface HookInvocation<Args extends object = JsonObject> {
  /** The name under which the hook is registered. */
  readonly name: string;
  /** The task's `hook.args`; empty when it has none. */
  readonly args: Args;
  /** What the task was given. */
  readonly input: TypedValue;
  readonly runId: string;
  /** The same for every attempt of one visit of a task, so that the receiver can tell a repetition from a new call. */
  readonly idempotencyKey: string;
  /** Counted from 1. */
  readonly attempt: number;
  /** Aborts when the run is cancelled or the task or the hook has no time left. */
  readonly signal: AbortSignal;
}

/**
 * A hook in this process. It returns plain JSON data, or a promise of it; `undefined` counts as null. Whatever it throws
 * fails the task.
 */
// A method's type, whose parameter may be narrower: `HookInvocation<{ text: string }>` is a promise of the chains that name the hook.
export type LocalHook = { call(call: HookInvocation): unknown }["call"];

/** A local hook and what holds for its calls. */
export interface LocalHookDefinition {
  readonly run: LocalHook;
  /**
   * A JSON Schema of `args`, which must not change once it is registered. Other arguments fail the task before `run` is called, with
   * `hook_request_invalid`. Default: any.
   */
  readonly args?: JsonObject;
  /** How long a call may take, in milliseconds, even if it ignores its signal. Default: as long as its task may. */
  readonly timeoutMs?: number;
  /** For people. */
  readonly description?: string;
}

/** All that can be registered under a hook's name. */
export type HookDefinition = LocalHook | LocalHookDefinition | RemoteHook;

/** What calling a hook takes from outside. */
export interface HookSurroundings {
  readonly fetch: Fetch;
  readonly clock: Clock;
}
