import { wayTaken } from "../analysis/ways-out.ts";
import type { TaskDefinition } from "../chain.ts";
import type { ChainGraph, Way } from "./chain-graph.ts";

/** What is drawn of one attempt of one step. The `steps` of a run's trace are such. */
export interface DrawnStep {
  readonly taskId: string;
  /** How often the task had been entered, this time included. */
  readonly visit: number;
  readonly durationMs: number;
  readonly outcome: string;
  /** The outcome's second form, such as `true` for a matched key. */
  readonly transition?: string;
  /** Absent where the attempt succeeded. */
  readonly error?: unknown;
}

/** What happened at a task, all visits together. */
export interface TaskVisits {
  visits: number;
  durationMs: number;
  failedAttempts: number;
  /** Whether a visit ended in a failure. */
  hasFailed: boolean;
}

/** A run laid over the graph of its chain. */
export interface DrawnRun {
  readonly visits: ReadonlyMap<TaskDefinition, TaskVisits>;
  /** How often each way was taken. Those that were not are missing. */
  readonly taken: ReadonlyMap<Way, number>;
}

/** Every step is one of a task of the chain. */
export function drawnRun({ tasks, ways }: ChainGraph, steps: readonly DrawnStep[]): DrawnRun {
  const byId = new Map([...tasks].reverse().map((task) => [task.id, task]));
  const visits = new Map<TaskDefinition, TaskVisits>();
  const taken = new Map<Way, number>();
  const take = (way: Way | undefined) => way !== undefined && taken.set(way, (taken.get(way) ?? 0) + 1);
  const known = steps.flatMap((step) => {
    const task = byId.get(step.taskId);
    return task === undefined ? [] : [{ step, task }];
  });
  if (known.length > 0) take(ways.find(({ from }) => from === "start"));
  const waysOf = Map.groupBy(ways, ({ from }) => from);
  for (const [index, { step, task }] of known.entries()) {
    const next = known[index + 1];
    const isLast = next === undefined || next.task !== task || next.step.visit !== step.visit;
    count(visits, task, step, isLast);
    if (isLast) take(wayOf(waysOf.get(task) ?? [], step, next?.task));
  }
  return { visits, taken };
}

function count(visits: Map<TaskDefinition, TaskVisits>, task: TaskDefinition, step: DrawnStep, isLast: boolean): void {
  const sum = visits.get(task) ?? { visits: 0, durationMs: 0, failedAttempts: 0, hasFailed: false };
  visits.set(task, sum);
  sum.durationMs += step.durationMs;
  if (isLast) sum.visits += 1;
  if (step.error === undefined) return;
  sum.failedAttempts += 1;
  sum.hasFailed ||= isLast;
}

/** The way out of a task that a step took. Undefined for a last step that does not lead out of the run: it was cancelled, or failed. */
function wayOf(ways: readonly Way[], step: DrawnStep, next: TaskDefinition | undefined): Way | undefined {
  const ended = { ...step, hasFailed: step.error !== undefined };
  const leadsOn = ({ to }: Way) => (next === undefined ? typeof to === "string" : to === next);
  return wayTaken(ways, ended, leadsOn, next === undefined);
}
