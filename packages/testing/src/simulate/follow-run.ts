import type { Chain, Json, RecordedEvent, RunState, RunStore } from "@catenary/core";
import { CatenaryError, compileChain, createMemoryRunStore, NEW_RUN, variablesOf } from "@catenary/core";
import type { SimulatedAttempt } from "./answer.ts";
import type { SimulationClock } from "./simulation-clock.ts";

/** Where the simulated run stands. */
export interface FollowedRun {
  /** Hears of every decision before anything is done about it. */
  readonly store: RunStore;
  readonly events: readonly RecordedEvent[];
  /** The attempt that is under way. */
  current(): SimulatedAttempt & { readonly key: string };
}

export function followRun(chain: Chain, clock: SimulationClock): FollowedRun {
  const memory = createMemoryRunStore();
  const program = compileChain(chain);
  const events: RecordedEvent[] = [];
  let state: RunState = NEW_RUN;
  return {
    store: {
      load: (runId) => memory.load(runId),
      list: (range) => memory.list(range),
      readEvents: (runId, from) => memory.readEvents(runId, from),
      commit(commit) {
        state = commit.state;
        for (const event of commit.events) {
          events.push(event);
          if (event.kind === "step_retrying" && event.delayMs > 0) clock.expectPause();
        }
        return memory.commit(commit);
      },
    },
    events,
    current() {
      // A run has one thread, so the attempt under way is the one that asks.
      const thread = state.status === "running" ? Object.values(state.threads)[0] : undefined;
      const task = thread && program.tasks[thread.current.task];
      if (thread === undefined || task === undefined)
        throw new CatenaryError("simulation_defect", "somebody asked for an answer, and no task is under way");
      const { key, attempt, visit, input } = thread.current;
      const variables: Record<string, Json> = {};
      for (const [name, { value }] of Object.entries(variablesOf(program, state, thread.path))) variables[name] = value;
      return { key, taskId: task.definition.id, attempt, visit, input, variables };
    },
  };
}
