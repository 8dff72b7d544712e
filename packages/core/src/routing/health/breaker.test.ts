import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../tests/property-runs.ts";
import { type Admission, Breaker } from "./breaker.ts";

const START = 1_000_000;

function opened(failures = 5): Breaker {
  const breaker = new Breaker(() => 0.5);
  for (let at = 0; at < failures; at++) breaker.failed(breaker.begin(START), START);
  return breaker;
}

describe("a closed breaker", () => {
  test("opens after five failures in a row", () => {
    expect(opened(4).admits(START)).toBe(true);
    expect(opened(5).admits(START)).toBe(false);
  });

  test("counts anew after a success", () => {
    const breaker = opened(4);
    breaker.succeeded(breaker.begin(START), START);
    for (let at = 0; at < 4; at++) breaker.failed(breaker.begin(START), START);
    expect(breaker.admits(START)).toBe(true);
  });

  test("opens where half of ten calls within half a minute failed, and not of nine", () => {
    const breaker = new Breaker(() => 0.5);
    for (let at = 0; at < 9; at++) {
      const admission = breaker.begin(START);
      if (at % 2 === 0) breaker.failed(admission, START);
      else breaker.succeeded(admission, START);
    }
    expect(breaker.isOpen).toBe(false);
    breaker.failed(breaker.begin(START), START);
    expect(breaker.isOpen).toBe(true);
  });

  test("forgets what is longer ago than half a minute", () => {
    const breaker = new Breaker(() => 0.5);
    for (let at = 0; at < 20; at++) {
      const now = START + at * 6_000;
      if (at % 2 === 0) breaker.failed(breaker.begin(now), now);
      else breaker.succeeded(breaker.begin(now), now);
    }
    expect(breaker.isOpen).toBe(false);
  });

  test("is not opened by calls that say nothing", () => {
    const breaker = new Breaker(() => 0.5);
    for (let at = 0; at < 50; at++) breaker.abstained(breaker.begin(START));
    expect(breaker.isOpen).toBe(false);
  });
});

describe("an open breaker", () => {
  test("admits nobody for five seconds, give or take a tenth", () => {
    for (const [drawn, openMs] of [
      [0, 4_500],
      [0.5, 5_000],
      [0.999999, 5_500],
    ] as const) {
      const breaker = new Breaker(() => drawn);
      for (let at = 0; at < 5; at++) breaker.failed(breaker.begin(START), START);
      expect(breaker.admits(START + openMs - 1)).toBe(false);
      expect(breaker.admits(START + openMs)).toBe(true);
    }
  });

  test("admits one that finds out, and nobody beside it", () => {
    const breaker = opened();
    const later = START + 5_000;
    expect(breaker.begin(later).isProbe).toBe(true);
    expect(breaker.admits(later)).toBe(false);
    expect(breaker.begin(later).isProbe).toBe(false);
  });

  test("closes with the success of that one", () => {
    const breaker = opened();
    breaker.succeeded(breaker.begin(START + 5_000), START + 6_000);
    expect([breaker.isOpen, breaker.admits(START + 6_000)]).toEqual([false, true]);
  });

  test("stays open for longer each time that that one fails, up to a minute", () => {
    const breaker = opened();
    let now = START;
    const times: number[] = [];
    for (let at = 0; at < 14; at++) {
      times.push(Math.round(breaker.openUntil - now));
      now = Math.ceil(breaker.openUntil);
      breaker.failed(breaker.begin(now), now);
    }
    expect(times.slice(0, 3)).toEqual([5_000, 10_000, 15_000]);
    expect(times.at(-1)).toBe(60_000);
  });

  test("admits another where the one that finds out was cancelled", () => {
    const breaker = opened();
    breaker.abstained(breaker.begin(START + 5_000));
    expect([breaker.isOpen, breaker.admits(START + 5_000)]).toEqual([true, true]);
  });

  test("is not closed by a call that began before it opened, nor by one that passed it", () => {
    const breaker = new Breaker(() => 0.5);
    const before = breaker.begin(START);
    for (let at = 0; at < 5; at++) breaker.failed(breaker.begin(START), START);
    breaker.succeeded(before, START + 1);
    const beside = breaker.begin(START + 1);
    breaker.succeeded(beside, START + 2);
    expect(breaker.isOpen).toBe(true);
    const probe = breaker.begin(START + 5_000);
    breaker.succeeded(before, START + 5_001);
    expect(breaker.admits(START + 5_001)).toBe(false);
    breaker.abstained(before);
    expect(breaker.admits(START + 5_001)).toBe(false);
    breaker.succeeded(probe, START + 5_002);
    expect(breaker.isOpen).toBe(false);
  });

  test("that has closed again is not opened by calls that began before it opened", () => {
    const breaker = new Breaker(() => 0.5);
    const before = Array.from({ length: 20 }, () => breaker.begin(START));
    for (let at = 0; at < 5; at++) breaker.failed(breaker.begin(START), START);
    breaker.succeeded(breaker.begin(START + 5_000), START + 5_001);
    for (const admission of before) breaker.failed(admission, START + 5_002);
    expect(breaker.isOpen).toBe(false);
  });

  test("begins with the shortest time again after it was closed for a minute", () => {
    const breaker = opened();
    let now = START + 5_000;
    breaker.failed(breaker.begin(now), now);
    now += 10_000;
    breaker.succeeded(breaker.begin(now), now);
    now += 60_000;
    for (let at = 0; at < 5; at++) breaker.failed(breaker.begin(now), now);
    expect(Math.round(breaker.openUntil - now)).toBe(5_000);
  });
});

test("whatever happens, at most one finds out at a time, and nothing passes while it is out or the time has not come", () => {
  const step = fc.record({
    waitMs: fc.nat(8_000),
    act: fc.constantFrom("begin", "succeed", "fail", "abstain"),
    which: fc.nat(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const breaker = new Breaker(() => 0.5);
      const out: Admission[] = [];
      let now = START;
      for (const { waitMs, act, which } of steps) {
        now += waitMs;
        if (act === "begin") {
          if (breaker.admits(now)) out.push(breaker.begin(now));
        } else {
          const [admission] = out.splice(out.length === 0 ? 0 : which % out.length, 1);
          if (admission === undefined) continue;
          const wasOpen = breaker.isOpen;
          if (act === "succeed") breaker.succeeded(admission, now);
          if (act === "fail") breaker.failed(admission, now);
          if (act === "abstain") breaker.abstained(admission);
          if (wasOpen && !breaker.isOpen) expect(admission.isProbe).toBe(true);
        }
        const probes = out.filter(({ isProbe, era }) => isProbe && era === breaker.begin(START - 1).era);
        expect(probes.length).toBeLessThanOrEqual(1);
        if (breaker.isOpen && (now < breaker.openUntil || probes.length === 1)) expect(breaker.admits(now)).toBe(false);
      }
    }),
    runs(200),
  );
});
