import type { RunEvent } from "../engine/run-event.ts";
import { messageOf } from "../errors/message-of.ts";
import type { RunStore } from "../store/run-store.ts";
import type { ActiveRun } from "./active-run.ts";
import { followRun } from "./run-handle.ts";
import type { Runs } from "./runtime.ts";

/** The runs of a runtime by their ids: what is under way is asked itself, the rest is what the store keeps. */
export function createRuns(store: RunStore, active: ReadonlyMap<string, ActiveRun>): Runs {
  return {
    list: async (range) => store.list(range ?? {}),
    get: async (runId) => store.load(runId),
    events: (runId, options) => {
      const run = active.get(runId);
      return run === undefined ? keptEvents(store, runId, options?.from ?? 0) : followRun(run, options);
    },
    cancel: (runId, reason = "runs.cancel() was called") => {
      const run = active.get(runId);
      run?.cancel(messageOf(reason));
      return run !== undefined;
    },
  };
}

async function* keptEvents(store: RunStore, runId: string, from: number): AsyncGenerator<RunEvent, void, void> {
  yield* await store.readEvents(runId, from);
}
