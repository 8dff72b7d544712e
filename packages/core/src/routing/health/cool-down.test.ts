import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runs } from "../../../tests/property-runs.ts";
import { CoolDown } from "./cool-down.ts";

describe("without a hint", () => {
  test("it lasts five seconds, then twice as long each time, up to a minute", () => {
    const coolDown = new CoolDown();
    let now = 1_000_000;
    const times = Array.from({ length: 6 }, () => {
      coolDown.begin(now, now, undefined);
      const lasts = coolDown.until - now;
      now = coolDown.until;
      return lasts;
    });
    expect(times).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  test("calls that were under way together count once", () => {
    const coolDown = new CoolDown();
    for (let at = 0; at < 10; at++) coolDown.begin(1_000_000, 1_000_100 + at, undefined);
    expect(coolDown.until).toBe(1_000_109 + 5_000);
  });

  test("an answer makes the next one short again, if its call began later", () => {
    const coolDown = new CoolDown();
    coolDown.begin(0, 1_000, undefined);
    coolDown.begin(1_000, 2_000, undefined);
    coolDown.answered(1_500);
    coolDown.begin(2_000, 20_000, undefined);
    expect(coolDown.until).toBe(40_000);
    coolDown.answered(50_000);
    coolDown.begin(50_000, 50_000, undefined);
    expect(coolDown.until).toBe(55_000);
  });
});

test("a hint is followed, up to five minutes, and never as if it were nothing", () => {
  const lasting = (hintMs: number) => {
    const coolDown = new CoolDown();
    coolDown.begin(0, 0, hintMs);
    return coolDown.until;
  };
  expect([lasting(1_234), lasting(3_600_000), lasting(0)]).toEqual([1_234, 300_000, 100]);
});

test("its end never moves to an earlier time", () => {
  const refusal = fc.record({
    waitMs: fc.nat(30_000),
    hintMs: fc.option(fc.nat(600_000), { nil: undefined }),
    agoMs: fc.nat(60_000),
  });
  fc.assert(
    fc.property(fc.array(refusal), (refusals) => {
      const coolDown = new CoolDown();
      let now = 1_000_000;
      let until = 0;
      for (const { waitMs, hintMs, agoMs } of refusals) {
        now += waitMs;
        coolDown.begin(now - agoMs, now, hintMs);
        if (agoMs % 3 === 0) coolDown.answered(now - agoMs);
        expect(coolDown.until).toBeGreaterThanOrEqual(until);
        expect(coolDown.until).toBeGreaterThan(now);
        until = coolDown.until;
      }
    }),
    runs(100),
  );
});
