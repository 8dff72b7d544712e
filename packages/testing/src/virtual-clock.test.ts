import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createVirtualClock } from "./virtual-clock.ts";
import { wait } from "./wait.ts";

describe("createVirtualClock", () => {
  test("starts where it is told and moves only when it is told", async () => {
    const clock = createVirtualClock({ now: 1_000 });
    expect(clock.now()).toBe(1_000);
    await clock.advance(250);
    expect(clock.now()).toBe(1_250);
  });

  test("fires timers by time, then by insertion", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 30 }), async (delays) => {
        const clock = createVirtualClock();
        const fired: { delay: number; at: number }[] = [];
        for (const [at, delay] of delays.entries()) {
          clock.setTimer(delay, () => {
            expect(clock.now()).toBe(delay);
            fired.push({ delay, at });
          });
        }
        await clock.runAll();
        expect(fired).toEqual(
          delays.map((delay, at) => ({ delay, at })).sort((a, b) => a.delay - b.delay || a.at - b.at),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("fires what is due and leaves the rest", async () => {
    const clock = createVirtualClock();
    const fired: number[] = [];
    for (const delay of [10, 20, 30]) clock.setTimer(delay, () => fired.push(delay));
    await clock.advance(20);
    expect(fired).toEqual([10, 20]);
    expect(clock.pending).toBe(1);
  });

  test("does not fire what was stopped", async () => {
    const clock = createVirtualClock();
    const fired: string[] = [];
    const stop = clock.setTimer(5, () => fired.push("stopped"));
    stop();
    await clock.runAll();
    expect(fired).toEqual([]);
    expect(clock.now()).toBe(0);
  });

  test("lets what awaits a timer go on, and set timers, before time moves further", async () => {
    const clock = createVirtualClock();
    const seen: number[] = [];
    const work = (async () => {
      for (let at = 0; at < 3; at++) {
        await wait(clock, 10, undefined);
        // Many awaits in a row: however long the chain, it settles within the same moment.
        for (let hop = 0; hop < 50; hop++) await Promise.resolve();
        seen.push(clock.now());
      }
    })();
    await clock.advance(25);
    expect(seen).toEqual([10, 20]);
    await clock.runAll();
    await work;
    expect(seen).toEqual([10, 20, 30]);
  });

  test("counts a timer that was set in a promise not yet run", async () => {
    const clock = createVirtualClock();
    let fired = false;
    void Promise.resolve().then(() => clock.setTimer(5, () => (fired = true)));
    await clock.advance(5);
    expect(fired).toBe(true);
  });

  test("says so where timers never end", async () => {
    const clock = createVirtualClock();
    const again = (): void => {
      clock.setTimer(1, again);
    };
    again();
    await expect(clock.runAll()).rejects.toMatchObject({ code: "clock_endless" });
  }, 20_000);

  test("refuses to go back", async () => {
    await expect(createVirtualClock().advance(-1)).rejects.toThrow("milliseconds ≥ 0, got -1");
  });
});

describe("wait", () => {
  test("rejects with the signal's reason and leaves no timer behind", async () => {
    const clock = createVirtualClock();
    const controller = new AbortController();
    const waiting = wait(clock, 100, controller.signal);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  test("rejects at once where the signal has aborted before", async () => {
    await expect(wait(createVirtualClock(), 0, AbortSignal.abort("gone"))).rejects.toBe("gone");
  });
});
