import type { Fact } from "../engine/fact.ts";
import type { RecordedEvent } from "../engine/run-event.ts";
import type { RunState } from "../engine/run-state.ts";
import type { StepRecord } from "../engine/step-record.ts";

/** What one decision of the engine adds to a run. Kept whole or not at all. */
export interface RunCommit {
  readonly runId: string;
  /** Which claim on the run this is; a store with several processes refuses an older one. */
  readonly epoch: number;
  readonly chainId: string;
  readonly chainHash: string;
  /** Attempts that ended. */
  readonly steps: readonly StepRecord[];
  readonly facts: readonly Fact[];
  readonly events: readonly RecordedEvent[];
  /** Where the run stands now. */
  readonly state: RunState;
}

/** A run as it is kept. */
export interface StoredRun {
  readonly runId: string;
  readonly chainId: string;
  readonly chainHash: string;
  readonly epoch: number;
  readonly state: RunState;
  readonly steps: readonly StepRecord[];
  readonly facts: readonly Fact[];
}

export interface RunSummary {
  readonly runId: string;
  readonly chainId: string;
  readonly status: RunState["status"];
}

/** Which runs a list has. */
export interface RunRange {
  /** How many at most. Default 100. */
  readonly limit?: number;
  /** Only those that began before the run of this id; none where it is kept no more. */
  readonly before?: string;
}

/** Keeps runs. `commit` comes before the effects it leads to, so that what was done is never done again after a crash. */
export interface RunStore {
  /** What it throws or rejects with fails the run. A cancelled run waits for it five seconds at most. */
  commit(commit: RunCommit): void | PromiseLike<void>;
  /** What it gives must not lead back into the store: whoever gets it may change it. */
  load(runId: string): StoredRun | undefined | Promise<StoredRun | undefined>;
  /** The newest first. */
  list(options?: RunRange): readonly RunSummary[] | Promise<readonly RunSummary[]>;
  /** The recorded events of a run from a place on, in order; none where the run is not known. */
  readEvents(runId: string, from: number): readonly RecordedEvent[] | Promise<readonly RecordedEvent[]>;
}
