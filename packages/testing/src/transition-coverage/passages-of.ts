import type { RunEvent, StepRecord } from "@catenary/core";
import { END } from "@catenary/core";
import { legsOf } from "../path/taken-path.ts";

/** A task was entered, or a step of it ended and led somewhere. */
export type Passage =
  | { readonly kind: "entered"; readonly taskId: string }
  | {
      readonly kind: "left";
      readonly taskId: string;
      readonly outcome: { readonly text: string; readonly transition: string };
      readonly failed: boolean;
      readonly goto: string;
    };

interface RunWithTrace {
  readonly chainId: string;
  /** Where it is known, as of a stored run. */
  readonly chainHash?: string;
  readonly steps: readonly StepRecord[];
}

interface RunWithEvents {
  readonly chainId: string;
  readonly events: readonly RunEvent[];
}

/** What coverage can be read from: a simulation, a result, a trace or a stored run of the runtime, or a run's events. */
export type CoveredRun = RunWithTrace | RunWithEvents | readonly RunEvent[];

/** What happened in a run, in order. Events tell it; a trace alone shows it by the order of its steps. */
export function passagesOf(run: CoveredRun): readonly Passage[] {
  if (isList(run)) return fromEvents(run);
  return "events" in run ? fromEvents(run.events) : fromTrace(run);
}

export function chainIdsOf(run: CoveredRun): readonly string[] {
  return isList(run) ? [...new Set(run.map(({ chainId }) => chainId))] : [run.chainId];
}

/** Which versions of the chain ran, where the run tells. */
export function chainHashesOf(run: CoveredRun): readonly string[] {
  if (isList(run)) return hashesIn(run);
  if ("events" in run) return hashesIn(run.events);
  return run.chainHash === undefined ? [] : [run.chainHash];
}

function hashesIn(events: readonly RunEvent[]): readonly string[] {
  return [...new Set(events.flatMap((event) => (event.kind === "run_started" ? [event.chainHash] : [])))];
}

function isList(run: CoveredRun): run is readonly RunEvent[] {
  return Array.isArray(run);
}

function fromEvents(events: readonly RunEvent[]): readonly Passage[] {
  return events.flatMap((event): readonly Passage[] => {
    if (event.kind === "step_started") return [{ kind: "entered", taskId: event.taskId }];
    if (event.kind === "step_completed" || event.kind === "step_failed") return leave(event.step, event.goto);
    return [];
  });
}

function fromTrace(run: RunWithTrace): readonly Passage[] {
  const steps = legsOf(run).flatMap(({ step }) => step ?? []);
  // A run that has an output came to its end: its last step led there.
  const last = "output" in run && run.output !== undefined ? END : undefined;
  return steps.flatMap((step, place): Passage[] => [
    { kind: "entered", taskId: step.taskId },
    ...leave(step, steps[place + 1]?.taskId ?? last),
  ]);
}

/** Nowhere, where the run ended with the step's failure. */
function leave(step: StepRecord, goto: string | undefined): readonly Passage[] {
  if (goto === undefined) return [];
  const { taskId, outcome, transition, error } = step;
  return [{ kind: "left", taskId, outcome: { text: outcome, transition }, failed: error !== undefined, goto }];
}
