import { createVirtualClock, scriptedBackend, type VirtualClock } from "@catenary/testing";
import {
  createMemoryRunStore,
  createRuntime,
  type HookInvocation,
  type RunEvent,
  type RunResult,
  type RunStore,
} from "../src/index.ts";
import type { HookMove, Scenario } from "./arbitrary-scenario.ts";

/** A run of a scenario under way, with a reader on every one of its streams. */
export interface ScenarioRun {
  readonly id: string;
  readonly clock: VirtualClock;
  readonly store: RunStore;
  /** The signal that was given to the run. */
  readonly signal: AbortSignal;
  readonly events: readonly RunEvent[];
  /** Undefined until the run has ended. */
  readonly result: RunResult | undefined;
  /** Which of the streams have ended. */
  readonly ended: ReadonlySet<"events" | "text">;
  cancel(): void;
}

/** Starts it. `onEvent` is called with the number of each event, text included, as it happens. */
export function playScenario(
  scenario: Scenario,
  onEvent: (count: number, run: ScenarioRun) => void = () => {},
): ScenarioRun {
  const clock = createVirtualClock();
  const store = scenario.hasAsyncStore ? asyncStore() : createMemoryRunStore();
  const runtime = createRuntime({
    clock,
    random: () => 0.5,
    backends: [scriptedBackend({ clock, replies: scenario.replies })],
    hooks: { outside: hookOf(scenario.hooks, clock) },
    store,
    stepBudget: 12,
  });
  const { signal } = new AbortController();
  const handle = runtime.start(scenario.chain, "in", { signal });
  const ended = new Set<"events" | "text">();
  const run: { -readonly [Key in keyof ScenarioRun]: ScenarioRun[Key] } & { readonly events: RunEvent[] } = {
    id: handle.id,
    clock,
    store,
    signal,
    events: [],
    result: undefined,
    ended,
    cancel: () => handle.cancel("enough"),
  };
  let count = 0;
  for (const kind of ["*", "step_delta", "step_reset"] as const) runtime.on(kind, () => onEvent(++count, run));
  void handle.result().then((result) => {
    run.result = result;
  });
  void readEvents(handle.events(), run.events).then(() => ended.add("events"));
  void readText(handle.textStream).then(() => ended.add("text"));
  return run;
}

async function readEvents(stream: AsyncIterable<RunEvent>, into: RunEvent[]): Promise<void> {
  for await (const event of stream) into.push(event);
}

/** Ends also where the run fails, which the stream tells by an error. */
async function readText(stream: AsyncIterable<string>): Promise<string> {
  let text = "";
  try {
    for await (const piece of stream) text += piece;
  } catch {
    return text;
  }
  return text;
}

function hookOf(moves: readonly HookMove[], clock: VirtualClock): (call: HookInvocation) => unknown {
  let calls = 0;
  return ({ signal }) => {
    const move = moves[calls++ % moves.length];
    if (move === "throw") throw new Error("the hook is broken");
    if (move === "hang") return new Promise(() => {});
    return move === "wait" ? pause(clock, 20, signal) : { fine: true };
  };
}

function pause(clock: VirtualClock, delayMs: number, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      stop();
      reject(signal.reason);
    };
    const stop = clock.setTimer(delayMs, () => {
      signal.removeEventListener("abort", onAbort);
      resolve("waited");
    });
    signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** A memory store that takes its time, as one on a disk does. */
function asyncStore(): RunStore {
  const store = createMemoryRunStore();
  return {
    commit: async (commit) => store.commit(commit),
    load: async (runId) => store.load(runId),
    list: async (options) => store.list(options),
    readEvents: async (runId, from) => store.readEvents(runId, from),
  };
}
