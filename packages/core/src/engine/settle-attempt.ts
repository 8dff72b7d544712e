import { toErrorData } from "../errors/catenary-error.ts";
import { freezeValue } from "../value/freeze-value.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { checkOutput } from "./check-contract.ts";
import { chooseBranch } from "./choose-branch.ts";
import { readVariable } from "./choose-input.ts";
import { compose } from "./compose/compose.ts";
import { decideRetry } from "./decide-retry.ts";
import { enterTask, type FailedEnd, failStep, nameOf, taskFailed } from "./enter-task.ts";
import type { AttemptFailed, AttemptSucceeded } from "./fact.ts";
import { type CompiledTask, FINISH, type Target } from "./program.ts";
import { recordStep } from "./record-step.ts";
import type { RunState, Thread } from "./run-state.ts";
import type { Turn } from "./turn.ts";
import { VariableScope } from "./variable-scope.ts";

/** A handler succeeded: its output is combined and stored, `print` is rendered, a branch is chosen. Each of these can still fail the task, and so can what the chain promises about its output. */
export function settleSuccess(turn: Turn, thread: Thread, fact: AttemptSucceeded): RunState {
  turn.count(fact.calls);
  const task = turn.task(thread.current.task);
  let after: After;
  try {
    after = conclude(turn, task, thread, fact);
  } catch (error) {
    return giveUp(turn, thread, task, { ...fact, error: toErrorData(error) });
  }
  emitCompleted(turn, task, thread, fact, nameOf(turn, after.target));
  if (after.printed !== undefined) emitPrinted(turn, task, thread, after.printed);
  return enterTask(
    turn,
    { path: thread.path, variables: after.variables, visits: thread.visits },
    after.target,
    after.output,
  );
}

interface After {
  readonly output: TypedValue;
  readonly variables: Thread["variables"];
  readonly printed: string | undefined;
  readonly target: Target;
}

function conclude(turn: Turn, task: CompiledTask, thread: Thread, fact: AttemptSucceeded): After {
  const output = composed(turn, task, thread, fact.output);
  const variables = store(turn, task, thread, output);
  const printed = task.print?.render(new VariableScope(turn.program, variables));
  const target = chooseBranch(task, fact.outcome);
  if (target === FINISH) checkOutput(turn.program, output.value);
  return { output, variables, printed, target };
}

/** An attempt failed: it is made again, or the task has failed. */
export function settleFailure(turn: Turn, thread: Thread, fact: AttemptFailed): RunState {
  turn.count(fact.calls);
  const task = turn.task(thread.current.task);
  const step = thread.current;
  const tries = step.tries + fact.calls.tries;
  const delayMs = decideRetry(task, {
    attempt: step.attempt,
    failure: fact.error.failure,
    code: fact.error.code,
    retryAfterMs: fact.retryAfterMs,
    random: fact.random,
    delivered: fact.delivered,
    tries,
  });
  if (delayMs === undefined) return giveUp(turn, thread, task, fact);
  turn.events.push({
    kind: "step_retrying",
    runId: turn.runId,
    chainId: turn.program.chain.id,
    seq: turn.nextSeq(),
    at: turn.at,
    step: recordStep(turn.program, task, step, fact),
    delayMs,
  });
  const attempt = step.attempt + 1;
  turn.act({
    kind: "execute",
    key: step.key,
    thread: thread.path,
    task: step.task,
    attempt,
    delayMs,
    input: step.input,
    triesLeft: Math.max(1, task.tries - tries),
  });
  return turn.goOn({ ...thread, current: { ...step, attempt, tries } });
}

function giveUp(turn: Turn, thread: Thread, task: CompiledTask, end: FailedEnd): RunState {
  const step = thread.current;
  const recovery = failStep(turn, thread, task, step, end);
  if (recovery === undefined) return turn.fail(taskFailed(task, step, end.error));
  return enterTask(turn, { ...thread, variables: recovery.variables }, recovery.target, step.input);
}

function composed(turn: Turn, task: CompiledTask, thread: Thread, output: TypedValue): TypedValue {
  if (task.compose === undefined) return output;
  const variable = readVariable(turn.program, task.compose, thread.variables);
  return freezeValue(compose(output, variable, task.compose.strategy, turn.at));
}

function store(turn: Turn, task: CompiledTask, thread: Thread, output: TypedValue): Thread["variables"] {
  const variables = thread.variables.slice();
  variables[turn.program.previousSlot] = output;
  if (task.compose !== undefined) variables[task.compose.into] = output;
  // Last, so that a task named previous_output keeps its own.
  variables[task.slot] = output;
  return variables;
}

function emitCompleted(turn: Turn, task: CompiledTask, thread: Thread, fact: AttemptSucceeded, goto: string): void {
  turn.events.push({
    kind: "step_completed",
    runId: turn.runId,
    chainId: turn.program.chain.id,
    seq: turn.nextSeq(),
    at: turn.at,
    step: recordStep(turn.program, task, thread.current, fact),
    goto,
  });
}

function emitPrinted(turn: Turn, task: CompiledTask, thread: Thread, text: string): void {
  turn.events.push({
    kind: "text_printed",
    runId: turn.runId,
    chainId: turn.program.chain.id,
    seq: turn.nextSeq(),
    at: turn.at,
    key: thread.current.key,
    taskId: task.definition.id,
    text,
  });
}
