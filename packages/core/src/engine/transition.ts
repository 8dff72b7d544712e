import type { TypedValue } from "../value/typed-value.ts";
import { NO_USAGE } from "../value/usage.ts";
import type { Effect } from "./effect.ts";
import { enterTask } from "./enter-task.ts";
import type { AttemptFailed, AttemptSucceeded, Fact, RunStarted } from "./fact.ts";
import { FINISH, type Program } from "./program.ts";
import type { RecordedEvent } from "./run-event.ts";
import type { RunningState, RunState, Thread } from "./run-state.ts";
import { settleFailure, settleSuccess } from "./settle-attempt.ts";
import { Turn } from "./turn.ts";

/** What one fact leads to. */
export interface Decision {
  readonly state: RunState;
  /** What the driver has to do, in this order. */
  readonly effects: readonly Effect[];
  /** What listeners see. */
  readonly events: readonly RecordedEvent[];
}

/**
 * The whole of a chain's semantics: where a run stands, what has happened, and so what comes next. Total and
 * synchronous; it knows no clock, no randomness, no model and no store, so the same facts always lead to the same state.
 * A fact that answers nothing outstanding (a reply that came after the run was cancelled) changes nothing.
 */
export function transition(program: Program, state: RunState, fact: Fact): Decision {
  if (fact.kind === "run_started") return state.status === "new" ? start(program, fact) : unchanged(state);
  if (state.status !== "running") return unchanged(state);
  if (fact.kind === "cancel_requested") {
    const turn = new Turn(program, state, fact.at);
    return decided(turn, turn.cancel(fact));
  }
  const thread = threadOf(state, fact);
  if (thread === undefined) return unchanged(state);
  const turn = new Turn(program, state, fact.at);
  if (fact.kind === "attempt_succeeded") return decided(turn, settleSuccess(turn, thread, fact));
  return decided(turn, settleFailure(turn, thread, fact));
}

function unchanged(state: RunState): Decision {
  return { state, effects: [], events: [] };
}

function decided(turn: Turn, state: RunState): Decision {
  return { state, effects: turn.effects, events: turn.events };
}

/** The thread whose current attempt this fact ends. */
function threadOf(state: RunningState, fact: AttemptSucceeded | AttemptFailed): Thread | undefined {
  for (const path in state.threads) {
    const thread = state.threads[path];
    if (thread?.current.key === fact.key) return thread.current.attempt === fact.attempt ? thread : undefined;
  }
  return undefined;
}

function start(program: Program, fact: RunStarted): Decision {
  const { runId, stepBudget, input } = fact;
  const before: RunningState = {
    status: "running",
    runId,
    steps: 0,
    events: 0,
    usage: NO_USAGE,
    stepBudget,
    threads: {},
  };
  const turn = new Turn(program, before, fact.at);
  turn.events.push({
    kind: "run_started",
    runId,
    chainId: program.chain.id,
    seq: turn.nextSeq(),
    at: fact.at,
    chainHash: program.chain.hash,
    inputType: input.type,
  });
  const place = { path: "", variables: firstVariables(program, fact), visits: program.tasks.map(() => 0) };
  return decided(turn, enterTask(turn, place, program.tasks.length > 0 ? 0 : FINISH, input));
}

function firstVariables(program: Program, fact: RunStarted): readonly (TypedValue | null)[] {
  const variables = new Array<TypedValue | null>(program.slots.size).fill(null);
  for (const [name, value] of Object.entries(fact.variables)) {
    const slot = program.slots.get(name);
    if (slot !== undefined) variables[slot] = value;
  }
  variables[program.inputSlot] = fact.input;
  return variables;
}
