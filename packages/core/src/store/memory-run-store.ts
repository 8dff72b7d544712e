import type { Fact } from "../engine/fact.ts";
import type { RecordedEvent } from "../engine/run-event.ts";
import type { RunState } from "../engine/run-state.ts";
import type { StepRecord } from "../engine/step-record.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { RunCommit, RunRange, RunStore, RunSummary, StoredRun } from "./run-store.ts";

export interface MemoryRunStoreOptions {
  /** How many ended runs are kept; the oldest goes first. Default 100. */
  readonly keepRuns?: number;
  /** How many steps all ended runs that are kept may have together. Default 20,000. */
  readonly keepSteps?: number;
}

interface KeptRun {
  readonly runId: string;
  readonly chainId: string;
  readonly chainHash: string;
  epoch: number;
  state: RunState;
  steps: StepRecord[];
  facts: Fact[];
  events: RecordedEvent[];
}

/**
 * Runs that live as long as the process. Ended ones are kept for a while, within bounds.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function createMemoryRunStore(options: MemoryRunStoreOptions = {}): RunStore {
  return new MemoryRunStore(bound("keepRuns", options?.keepRuns, 100), bound("keepSteps", options?.keepSteps, 20_000));
}

function bound(name: string, given: unknown, byDefault: number): number {
  if (given === undefined) return byDefault;
  if (typeof given === "number" && given >= 0) return given;
  throw new CatenaryError(
    "settings_invalid",
    `createMemoryRunStore expects \`${name}\` to be a number of at least 0, or Infinity; got ${describeKind(given)}`,
  );
}

class MemoryRunStore implements RunStore {
  readonly #runs = new Map<string, KeptRun>();
  /** Ids of ended runs, the oldest first. */
  readonly #ended = new Set<string>();
  readonly #keepRuns: number;
  readonly #keepSteps: number;
  #endedSteps = 0;

  constructor(keepRuns: number, keepSteps: number) {
    this.#keepRuns = keepRuns;
    this.#keepSteps = keepSteps;
  }

  commit(commit: RunCommit): void {
    const run = this.#runs.get(commit.runId);
    if (run === undefined) {
      this.#add(commit);
    } else {
      run.epoch = commit.epoch;
      run.state = commit.state;
      for (const step of commit.steps) run.steps.push(step);
      for (const fact of commit.facts) run.facts.push(fact);
      for (const event of commit.events) run.events.push(event);
    }
    if (commit.state.status !== "running" && commit.state.status !== "new") this.#end(commit.runId);
  }

  load(runId: string): StoredRun | undefined {
    const run = this.#runs.get(runId);
    if (run === undefined) return undefined;
    const { chainId, chainHash, epoch, state } = run;
    // A copy: whoever looks at a run that is under way must not be able to change it.
    return structuredClone({ runId, chainId, chainHash, epoch, state, steps: run.steps, facts: run.facts });
  }

  list({ limit = 100, before }: RunRange = {}): readonly RunSummary[] {
    const newest = [...this.#runs.values()].reverse();
    const place = before === undefined ? -1 : newest.findIndex(({ runId }) => runId === before);
    const from = before !== undefined && place === -1 ? newest.length : place + 1;
    return newest
      .slice(from, from + limit)
      .map(({ runId, chainId, state }) => ({ runId, chainId, status: state.status }));
  }

  readEvents(runId: string, from: number): readonly RecordedEvent[] {
    return this.#runs.get(runId)?.events.slice(Math.max(0, from)) ?? [];
  }

  /** Copies, because a list that is pushed onto reserves room for sixteen: most runs that wait have done one step. */
  #add({ runId, chainId, chainHash, epoch, state, steps, facts, events }: RunCommit): void {
    const run = { runId, chainId, chainHash, epoch, state, steps: [...steps], facts: [...facts], events: [...events] };
    this.#runs.set(runId, run);
  }

  #end(runId: string): void {
    if (this.#ended.has(runId)) return;
    this.#ended.add(runId);
    this.#endedSteps += this.#runs.get(runId)?.steps.length ?? 0;
    for (const oldest of this.#ended) {
      if (this.#ended.size <= this.#keepRuns && (this.#endedSteps <= this.#keepSteps || this.#ended.size === 1)) break;
      this.#ended.delete(oldest);
      this.#forget(oldest);
    }
  }

  #forget(runId: string): void {
    const run = this.#runs.get(runId);
    if (run === undefined) return;
    this.#endedSteps -= run.steps.length;
    this.#runs.delete(runId);
    // Tables that a Map has outgrown are garbage that points to other garbage; a run in them must not keep its contents alive.
    run.steps = [];
    run.facts = [];
    run.events = [];
  }
}
