import { END } from "../chain/chain.ts";
import { CatenaryError, toErrorData } from "../errors/catenary-error.ts";
import type { ErrorData } from "../errors/error-data.ts";
import { freezeValue } from "../value/freeze-value.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { NO_CALLS } from "./call-report.ts";
import { checkInput, isOutput } from "./check-contract.ts";
import { chooseInput, renderInput } from "./choose-input.ts";
import { type CompiledTask, FINISH, type Program, type Target } from "./program.ts";
import { type AttemptEnd, recordStep } from "./record-step.ts";
import type { CurrentStep, RunState, Thread } from "./run-state.ts";
import { stepKey } from "./step-key.ts";
import type { Turn } from "./turn.ts";

/** Where a thread stands between two steps. */
export interface Standing {
  readonly path: string;
  readonly variables: Thread["variables"];
  readonly visits: Thread["visits"];
}

/**
 * Leads a thread into a task, or out of the chain. A task whose input cannot be made has failed before it began; then
 * its `on_failure` is entered instead, and so on: a loop, not a recursion, because only the step budget bounds it.
 */
export function enterTask(turn: Turn, from: Standing, target: Target, value: TypedValue): RunState {
  let place = from;
  let next = target;
  let given = value;
  while (next !== FINISH) {
    if (turn.steps >= turn.stepBudget) return turn.fail(budgetExceeded(turn));
    const task = turn.task(next);
    const entered = begin(turn, place, next, task, given);
    if (entered.kind === "ready") return entered.state;
    const recovery = failStep(turn, place, task, entered.step, entered.end);
    if (recovery === undefined) return turn.fail(taskFailed(task, entered.step, entered.end.error));
    place = { ...place, visits: entered.visits, variables: recovery.variables };
    next = recovery.target;
    given = entered.step.input;
  }
  return turn.complete(given);
}

type Entered =
  | { readonly kind: "ready"; readonly state: RunState }
  | {
      readonly kind: "broken";
      readonly step: CurrentStep;
      readonly end: FailedEnd;
      readonly visits: readonly number[];
    };

function begin(turn: Turn, place: Standing, target: Target, task: CompiledTask, value: TypedValue): Entered {
  turn.steps++;
  const visits = place.visits.slice();
  const visit = (visits[target] ?? 0) + 1;
  visits[target] = visit;
  const key = stepKey(place.path, task.definition.id, visit);
  let given = value;
  try {
    if (turn.steps === 1) checkInput(turn.program, place.variables);
    given = chooseInput(turn.program, task, place.variables, value);
    const input = renderInput(turn.program, task, place.variables, given);
    const current = { key, task: target, visit, attempt: 1, input, tries: 0 };
    emitStarted(turn, task, current);
    turn.act({
      kind: "execute",
      key,
      thread: place.path,
      task: target,
      attempt: 1,
      delayMs: 0,
      input,
      triesLeft: task.tries,
    });
    return { kind: "ready", state: turn.goOn({ path: place.path, variables: place.variables, visits, current }) };
  } catch (error) {
    const step = { key, task: target, visit, attempt: 1, input: given, tries: 0 };
    emitStarted(turn, task, step);
    const end = { startedAt: turn.at, at: turn.at, calls: NO_CALLS, error: toErrorData(error) };
    return { kind: "broken", step, end, visits };
  }
}

function emitStarted(turn: Turn, task: CompiledTask, step: CurrentStep): void {
  const { definition } = task;
  turn.events.push({
    kind: "step_started",
    runId: turn.runId,
    chainId: turn.program.chain.id,
    seq: turn.nextSeq(),
    at: turn.at,
    key: step.key,
    taskId: definition.id,
    handler: definition.handler,
    visit: step.visit,
    inputType: step.input.type,
  });
}

/** An attempt that ended in an error. */
export type FailedEnd = AttemptEnd & { readonly error: ErrorData };

/**
 * Records that a step failed for good. Returns where its `on_failure` leads, or undefined where the run ends with it. Led to
 * the end, the run would produce what the task was given; where the chain promises something else, the failure stands.
 */
export function failStep(
  turn: Turn,
  place: Standing,
  task: CompiledTask,
  step: CurrentStep,
  end: FailedEnd,
): { readonly target: Target; readonly variables: Thread["variables"] } | undefined {
  const isCaught = task.onFailure !== FINISH || isOutput(turn.program.chain, step.input.value);
  const target = isCaught ? task.onFailure : undefined;
  turn.events.push({
    kind: "step_failed",
    runId: turn.runId,
    chainId: turn.program.chain.id,
    seq: turn.nextSeq(),
    at: turn.at,
    step: recordStep(turn.program, task, step, end),
    ...(target !== undefined && { goto: nameOf(turn, target) }),
  });
  if (target === undefined) return undefined;
  return { target, variables: describeFailure(turn.program, place.variables, task, end.error) };
}

/** A target as chains spell it. */
export function nameOf(turn: Turn, target: Target): string {
  return target === FINISH ? END : turn.task(target).definition.id;
}

/** The variables with `error` and `failed_task` set. */
function describeFailure(
  program: Program,
  variables: Thread["variables"],
  task: CompiledTask,
  error: ErrorData,
): Thread["variables"] {
  const described = variables.slice();
  if (program.errorSlot !== undefined)
    described[program.errorSlot] = freezeValue({ type: "string", value: error.message });
  if (program.failedTaskSlot !== undefined) {
    described[program.failedTaskSlot] = freezeValue({ type: "string", value: task.definition.id });
  }
  return described;
}

/** The run's error when a task failed and nothing catches it. */
export function taskFailed(task: CompiledTask, step: CurrentStep, cause: ErrorData): ErrorData {
  const { id } = task.definition;
  const attempts = step.attempt === 1 ? "" : ` after ${step.attempt} attempts`;
  return {
    code: "task_failed",
    message: `task ${id} failed${attempts}: ${cause.message}`,
    failure: cause.failure,
    details: { taskId: id, key: step.key, attempts: step.attempt },
    cause,
  };
}

function budgetExceeded(turn: Turn): ErrorData {
  return new CatenaryError(
    "step_budget_exceeded",
    `the run took ${turn.steps} steps, which is all it may take, and did not end: a cycle of tasks has no way out, or give a larger stepBudget`,
    { details: { steps: turn.steps, stepBudget: turn.stepBudget } },
  ).toJSON();
}
