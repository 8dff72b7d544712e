import type { Branch, ChainDefinition, TaskDefinition } from "../src/chain/chain.ts";
import { NO_CALLS } from "../src/engine/call-report.ts";
import { compileChain } from "../src/engine/compile-chain.ts";
import type { Effect, ExecuteEffect } from "../src/engine/effect.ts";
import type { AttemptFailed, AttemptSucceeded, Fact, RunStarted } from "../src/engine/fact.ts";
import type { Program } from "../src/engine/program.ts";
import type { RecordedEvent } from "../src/engine/run-event.ts";
import { NEW_RUN, type RunState } from "../src/engine/run-state.ts";
import { transition } from "../src/engine/transition.ts";
import type { ErrorData } from "../src/errors/error-data.ts";
import type { TypedValue } from "../src/value/typed-value.ts";

/** A chain of tasks that need to say only what a test is about: each is a `noop` and the last thing that happens. */
export function programOf(
  tasks: readonly (Partial<TaskDefinition> & { readonly id: string })[],
  chain: Partial<ChainDefinition> = {},
): Program {
  const whole = tasks.map((task): TaskDefinition => ({ handler: "noop", transition: { branches: [] }, ...task }));
  return compileChain({ id: "chain", hash: "hash", tasks: whole, ...chain });
}

/** The branches that lead to a task whatever the outcome. */
export function goto(target: string, onFailure?: string): TaskDefinition["transition"] {
  const branches: Branch[] = [{ operator: "default", when: "", goto: target }];
  return { branches, ...(onFailure !== undefined && { onFailure }) };
}

export const text = (value: string): TypedValue => ({ type: "string", value });

export function started(more: Partial<RunStarted> = {}): RunStarted {
  return { kind: "run_started", at: 1000, runId: "run", input: text("in"), variables: {}, stepBudget: 50, ...more };
}

/** What answers an effect, with the output and outcome given. */
export function succeed(
  { key, attempt }: Pick<ExecuteEffect, "key" | "attempt">,
  output: TypedValue | string,
  more: Partial<AttemptSucceeded> = {},
): AttemptSucceeded {
  const value = typeof output === "string" ? text(output) : output;
  const outcome = { text: typeof output === "string" ? output : "ok" };
  const times = { at: 2000, startedAt: 1500 };
  return { kind: "attempt_succeeded", key, attempt, ...times, calls: NO_CALLS, output: value, outcome, ...more };
}

export function fail(
  { key, attempt }: Pick<ExecuteEffect, "key" | "attempt">,
  error: Partial<ErrorData> = {},
  more: Partial<AttemptFailed> = {},
): AttemptFailed {
  const whole: ErrorData = { code: "model_failed", message: "it broke", failure: "network", ...error };
  const times = { at: 2000, startedAt: 1500 };
  return {
    kind: "attempt_failed",
    key,
    attempt,
    ...times,
    calls: NO_CALLS,
    error: whole,
    random: 0.5,
    delivered: false,
    ...more,
  };
}

export interface Played {
  readonly state: RunState;
  readonly facts: readonly Fact[];
  readonly events: readonly RecordedEvent[];
  readonly effects: readonly Effect[];
}

/** Plays a run to its end: every attempt is answered at once, as `answer` says. */
export function play(
  program: Program,
  answer: (effect: ExecuteEffect, played: number) => Fact,
  start: Partial<RunStarted> = {},
): Played {
  const facts: Fact[] = [];
  const events: RecordedEvent[] = [];
  const effects: Effect[] = [];
  const inbox: Fact[] = [started(start)];
  let state: RunState = NEW_RUN;
  for (let fact = inbox.shift(); fact !== undefined; fact = inbox.shift()) {
    const decision = transition(program, state, fact);
    state = decision.state;
    facts.push(fact);
    events.push(...decision.events);
    effects.push(...decision.effects);
    for (const effect of decision.effects) if (effect.kind === "execute") inbox.push(answer(effect, facts.length));
  }
  return { state, facts, events, effects };
}

/** Each answer is the one that stands under the task's id, or under its key; a list gives one for each attempt. */
export function scripted(
  answers: Readonly<
    Record<string, string | TypedValue | Partial<ErrorData> | readonly (string | Partial<ErrorData>)[]>
  >,
): (effect: ExecuteEffect) => Fact {
  return (effect) => {
    const taskId = effect.key.replace(/#\d+$/, "");
    const found = answers[effect.key] ?? answers[taskId] ?? taskId;
    const one = Array.isArray(found) ? (found[effect.attempt - 1] ?? found.at(-1)) : found;
    if (typeof one === "string") return succeed(effect, one);
    // Safe: a list gives strings and errors only; what has a type and a value is an output.
    const given = one as TypedValue | Partial<ErrorData>;
    return "type" in given ? succeed(effect, given) : fail(effect, given);
  };
}
