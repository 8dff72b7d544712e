import type { DataType, GivenInput, Handler, LocalHook, NeedsVariables } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import { describeValue } from "../describe-value.ts";
import { isByName } from "../is-by-name.ts";
import { isRecord } from "../is-record.ts";
import type { GivenAnswers } from "./answer.ts";

export interface SimulateOptions<Input = unknown, Type extends DataType = never> {
  /** What the chain declares; with an `inputType`, anything. Default: the empty value of the input's type. */
  readonly input?: GivenInput<Input, Type>;
  /** Default: the chain's. */
  readonly inputType?: Type;
  /** Values of the variables that the chain declares. */
  readonly variables?: Readonly<Record<string, unknown>>;
  /**
   * By the id of a task, what its attempts come to. A single answer is given to every attempt; a list is used up, one for each
   * attempt, over all visits. A task that is reached and has none makes `simulate` reject.
   */
  readonly answers?: Readonly<Record<string, GivenAnswers>>;
  /** Custom kinds of task that run for real. */
  readonly handlers?: Readonly<Record<string, Handler>>;
  /** Hooks that run for real where their task has no answers. */
  readonly hooks?: Readonly<Record<string, LocalHook>>;
  /** Default 1,000. */
  readonly stepBudget?: number;
  /** When the run begins, in milliseconds since the Unix epoch. Default 0. */
  readonly now?: number;
  /** Cancels the run. */
  readonly signal?: AbortSignal;
}

/**
 * What `simulate` is given behind the chain: a chain that declares variables needs them, as it does in `runtime.run`. Of a chain
 * whose kind is not known nothing is known of them.
 */
export type GivenSimulation<Input, Needs, Type extends DataType> =
  Needs extends NeedsVariables<infer Variables extends Readonly<Record<string, unknown>>>
    ? [options: Omit<SimulateOptions<Input, Type>, "variables"> & { readonly variables: Variables }]
    : Needs extends { readonly hooks: string }
      ? [options?: Omit<SimulateOptions<Input, Type>, "variables"> & { readonly variables?: NoVariables }]
      : [options?: SimulateOptions<Input, Type>];

interface NoVariables {
  readonly [name: string]: "this chain declares no variables";
}

/** Held complete by its type. */
const NAMES: Readonly<Record<keyof SimulateOptions, true>> = {
  answers: true,
  input: true,
  inputType: true,
  variables: true,
  handlers: true,
  hooks: true,
  stepBudget: true,
  now: true,
  signal: true,
};

/**
 * Refuses options that would else be passed over, or end as a failure that the chain leads on.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function checkSimulateOptions(options: unknown): asserts options is SimulateOptions {
  checkOptions("simulate()", options, Object.keys(NAMES));
  // Safe: it is an object.
  const { now, hooks, handlers } = options as Readonly<Record<keyof SimulateOptions, unknown>>;
  if (now !== undefined && !Number.isFinite(now))
    throw invalid(`\`now\` is a time in milliseconds, a number; got ${describeValue(now)}`);
  checkMembers("hooks", hooks, "a function", (hook) => typeof hook === "function");
  checkMembers("handlers", handlers, "a handler, an object with `execute`", (handler) => {
    return isRecord(handler) && typeof handler.execute === "function";
  });
}

function checkMembers(name: string, given: unknown, expected: string, fits: (member: unknown) => boolean): void {
  if (given === undefined) return;
  if (!isByName(given)) throw invalid(`\`${name}\` is an object, by name; got ${describeValue(given)}`);
  for (const [key, member] of Object.entries(given)) {
    if (!fits(member)) throw invalid(`\`${name}.${key}\` is ${expected}; got ${describeValue(member)}`);
  }
}

function invalid(problem: string): CatenaryError {
  return new CatenaryError("settings_invalid", `of the options of simulate(), ${problem}`);
}
