import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  compileChain,
  type Fact,
  NEW_RUN,
  type RecordedEvent,
  type RunEvent,
  type RunState,
  transition,
} from "../src/index.ts";
import { Leases } from "../src/routing/selection/leases.ts";
import { type Scenario, scenario } from "./arbitrary-scenario.ts";
import { playScenario, type ScenarioRun } from "./play-scenario.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";
import { type SignalWatch, watchSignals } from "./watch-signals.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

const TICK_MS = 5;
const MOST_TICKS = 30;

const leases = new Set<Leases>();
let signals: SignalWatch;

beforeAll(() => {
  signals = watchSignals();
  const { take } = Leases.prototype;
  vi.spyOn(Leases.prototype, "take").mockImplementation(function (this: Leases, ...taken) {
    leases.add(this);
    return take.apply(this, taken);
  });
});

afterAll(() => {
  vi.restoreAllMocks();
  signals.stop();
});

/** Starts a run, and counts what it holds from here on. */
function begin(drawn: Scenario, onEvent?: (count: number, run: ScenarioRun) => void): ScenarioRun {
  leases.clear();
  signals.reset();
  return playScenario(drawn, onEvent);
}

/** Lets the time pass until the run has ended, or for long enough. Returns how many ticks that took. */
async function letRun(run: ScenarioRun, mostTicks = MOST_TICKS): Promise<number> {
  for (let ticks = 0; ; ticks++) {
    await run.clock.advance(0);
    if (run.result !== undefined || ticks === mostTicks) return ticks;
    await run.clock.advance(TICK_MS);
  }
}

/** What a run leaves behind once it is over: nothing. */
function leftovers(run: ScenarioRun): unknown {
  const held = [...leases].reduce((total, one) => total + one.total, 0);
  return { timers: run.clock.pending, leases: held, listeners: signals.waiting, ended: [...run.ended].sort() };
}

const NOTHING = { timers: 0, leases: 0, listeners: 0, ended: ["events", "text"] };

/** Cancels at one moment, and looks at what is left. */
async function expectCleanEnd(run: ScenarioRun, isOver: boolean): Promise<void> {
  run.cancel();
  await run.clock.advance(0);
  if (!isOver) expect(run.result?.status).toBe("cancelled");
  expect(run.result).toBeDefined();
  expect(leftovers(run)).toEqual(NOTHING);
  expect(recordedSeqs(run.events)).toEqual(recordedSeqs(run.events).map((_, place) => place));
}

function recordedSeqs(events: readonly RunEvent[]): readonly number[] {
  return events.filter(({ kind }) => kind !== "step_delta" && kind !== "step_reset").map(({ seq }) => seq);
}

describe("a run that is cancelled leaves no timer, lease or listener, and its streams end", () => {
  test("at every tick of the clock", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (drawn) => {
        const whole = begin(drawn);
        const ticks = await letRun(whole);
        // One that is not over, and lets the host have a turn just now, would take its next lease while the next run is watched.
        whole.cancel();
        await whole.clock.advance(0);
        for (let tick = 0; tick <= ticks; tick++) {
          const run = begin(drawn);
          await letRun(run, tick);
          await expectCleanEnd(run, run.result !== undefined);
        }
      }),
      runs(12),
    );
  });

  test("at every event, from inside a listener", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, async (drawn) => {
        for (let at = 1; ; at++) {
          let isReached = false;
          const run = begin(drawn, (count, current) => {
            if (count !== at) return;
            isReached = true;
            current.cancel();
          });
          await letRun(run);
          const wasCancelled = isReached;
          if (wasCancelled) expect(run.result).toBeDefined();
          await expectCleanEnd(run, run.result !== undefined);
          if (!wasCancelled) return;
        }
      }),
      runs(12),
    );
  });

  test("between any two turns of promises", async () => {
    await fc.assert(
      fc.asyncProperty(scenario, fc.nat(3), async (drawn, first) => {
        for (let turns = first; turns < 60; turns += 3) {
          const run = begin(drawn);
          for (let turn = 0; turn < turns; turn++) await Promise.resolve();
          run.cancel();
          await run.clock.advance(0);
          // A run that had just ended is not cancelled any more.
          await expectCleanEnd(run, run.result !== undefined);
        }
      }),
      runs(12),
    );
  });
});

test("what is kept of a run, at any point of it, plays again to where it stands", async () => {
  await fc.assert(
    fc.asyncProperty(scenario, fc.nat(MOST_TICKS), async (drawn, ticks) => {
      const run = begin(drawn);
      await letRun(run, ticks);
      const kept = await run.store.load(run.id);
      const program = compileChain(drawn.chain);
      let state: RunState = NEW_RUN;
      const events: RecordedEvent[] = [];
      // As a store on a disk gives them back.
      const facts: readonly Fact[] = JSON.parse(JSON.stringify(kept?.facts ?? []));
      for (const fact of facts) {
        const decision = transition(program, state, fact);
        state = decision.state;
        events.push(...decision.events);
      }
      expect(JSON.stringify(state)).toBe(JSON.stringify(kept?.state ?? NEW_RUN));
      expect(JSON.stringify(events)).toBe(JSON.stringify(await run.store.readEvents(run.id, 0)));
      await expectCleanEnd(run, run.result !== undefined);
    }),
    runs(40),
  );
});

test("a run that is left alone leaves nothing either, and plays the same again", async () => {
  const outcomeOf = async (drawn: Scenario): Promise<unknown> => {
    const run = begin(drawn);
    await letRun(run);
    const isOver = run.result !== undefined;
    if (isOver) expect(leftovers(run)).toEqual(NOTHING);
    await expectCleanEnd(run, isOver);
    return { status: run.result?.status, steps: run.result?.steps, kinds: run.events.map(({ kind }) => kind) };
  };
  await fc.assert(
    fc.asyncProperty(scenario, async (drawn) => {
      const once = await outcomeOf(drawn);
      const again = await outcomeOf(drawn);
      expect(again).toEqual(once);
    }),
    runs(30),
  );
});
