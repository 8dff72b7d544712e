import { type Branch, END, type TaskDefinition } from "../chain.ts";
import { comparerOf } from "../compare-outcome.ts";
import { HANDLER_SPECS, type HandlerSpec } from "../handler-spec.ts";

/** A way on which a run can leave a task. */
export interface WayOut {
  /** A task's id, or `end`. */
  readonly goto: string;
  /** Absent where nothing is compared: at the end of a task without branches, and after a failure. */
  readonly branch?: Branch;
  readonly isFailure: boolean;
}

/** Whether every attempt of a task fails, as those of `raise_error` do: then it takes no branch, and has no output. */
export function neverSucceeds(task: TaskDefinition, spec: HandlerSpec | undefined = builtIn(task)): boolean {
  return spec?.output === "none";
}

/**
 * Every way out of a task, in the order in which they are written, `on_failure` last: its branches, or the end where it has none. A task
 * that never succeeds has no branch to take, and of several `default`s only the first is one. `spec` is what its handler is, where that
 * is not built in.
 */
export function waysOut(task: TaskDefinition, spec?: HandlerSpec): readonly WayOut[] {
  const { branches, onFailure } = task.transition;
  const failure = onFailure === undefined ? [] : [{ goto: onFailure || END, isFailure: true }];
  if (neverSucceeds(task, spec)) return failure;
  if (branches.length === 0) return [{ goto: END, isFailure: false }, ...failure];
  const fallback = branches.find(isDefault);
  const open = branches.filter((branch) => !isDefault(branch) || branch === fallback);
  return [...open.map((branch) => ({ goto: branch.goto || END, branch, isFailure: false })), ...failure];
}

/** What a record has of the end of a step. */
export interface EndedStep {
  readonly outcome: string;
  /** The outcome's second form, such as `true` for a matched key. */
  readonly transition?: string;
  readonly hasFailed: boolean;
}

/**
 * Which of a task's ways a step took. `leadsOn` says of a way whether it leads to where the run went on. A record's outcome is rounded
 * where the branch saw the exact number, so where it went on decides, unless the run `hasStopped` there: then it took the way that its
 * outcome says, or none.
 */
export function wayTaken<W extends Pick<WayOut, "branch" | "isFailure">>(
  ways: readonly W[],
  { outcome, transition, hasFailed }: EndedStep,
  leadsOn: (way: W) => boolean,
  hasStopped: boolean,
): W | undefined {
  const open = ways.filter(({ isFailure }) => isFailure === hasFailed);
  if (hasFailed) return open.find(leadsOn);
  const came = { text: outcome, ...(transition !== undefined && { transition }) };
  const chosen =
    open.find(({ branch }) => branch === undefined || (!isDefault(branch) && comparerOf(branch)(came))) ??
    open.find(({ branch }) => branch !== undefined && isDefault(branch));
  if (chosen !== undefined && leadsOn(chosen)) return chosen;
  return hasStopped ? undefined : open.find(leadsOn);
}

function isDefault({ operator }: Branch): boolean {
  return operator === "default";
}

function builtIn({ handler }: TaskDefinition): HandlerSpec | undefined {
  return HANDLER_SPECS.find(({ name }) => name === handler);
}
