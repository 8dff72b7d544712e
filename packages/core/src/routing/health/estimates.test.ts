import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CalmLevel } from "./calm-level.ts";
import { FirstTokenTime } from "./first-token-time.ts";
import { median } from "./median.ts";
import { TokenTime } from "./token-time.ts";

describe("the time for a token", () => {
  test("is the time of the call for what was written and a tenth of what was read", () => {
    const time = new TokenTime();
    time.answered(2_800, 0, 800, 200);
    expect(time.perToken).toBe(10);
  });

  test("moves by a tenth with each further call, and not while nothing is called", () => {
    const time = new TokenTime();
    time.answered(1_000, 0, 0, 100);
    time.answered(2_000, 5_000_000, 0, 100);
    expect(time.perToken).toBeCloseTo(11);
    expect(time.updatedAt).toBe(5_000_000);
  });

  test("takes a call that does not say what it spent for an ordinary one", () => {
    const time = new TokenTime();
    time.answered(5_600, 0, undefined, undefined);
    expect(time.perToken).toBe(20);
    expect(time.tokensPerCall).toBe(280);
  });

  test("is never nothing, however short the call was and little it wrote", () => {
    const time = new TokenTime();
    time.answered(0, 0, 0, 0);
    expect(time.perToken).toBe(1);
  });
});

describe("the time to the first piece", () => {
  test("rises at once and falls bit by bit", () => {
    const time = new FirstTokenTime();
    time.answered(100, 0);
    time.answered(900, 1_000);
    expect(time.measured).toBe(900);
    time.answered(100, 1_000);
    expect(time.measured).toBe(900);
    time.answered(100, 11_000);
    expect(time.measured).toBeCloseTo(100 + 800 * Math.exp(-1));
  });

  test("goes back to what is usual while nothing is called", () => {
    const time = new FirstTokenTime();
    expect(time.expected(0, 300)).toBe(300);
    time.answered(5_000, 0);
    expect(time.expected(0, 300)).toBe(5_000);
    expect(time.expected(10_000, 300)).toBeCloseTo(300 + 4_700 * Math.exp(-1));
    expect(time.expected(10_000_000, 300)).toBeCloseTo(300);
  });
});

describe("the calm level", () => {
  test("is the most calls at once that were answered within the last minute", () => {
    const calm = new CalmLevel();
    expect(calm.level(0)).toBe(0);
    calm.answered(3, 1_000);
    calm.answered(2, 2_000);
    expect([calm.level(2_000), calm.level(31_000), calm.level(61_000)]).toEqual([3, 3, 0]);
  });

  test("is below what ran out of time", () => {
    const calm = new CalmLevel();
    calm.answered(8, 1_000);
    calm.wasTooMany(5, 2_000);
    expect(calm.level(2_000)).toBe(4);
    expect([calm.hasRoom(3, 2_000), calm.hasRoom(4, 2_000)]).toEqual([true, false]);
  });

  test("says nothing against more where none was too many within the last minute", () => {
    const calm = new CalmLevel();
    expect(calm.hasRoom(100, 0)).toBe(true);
    calm.wasTooMany(1, 1_000);
    expect([calm.hasRoom(0, 60_999), calm.hasRoom(1, 60_999), calm.hasRoom(1, 61_000)]).toEqual([true, false, true]);
  });
});

test("the median is the middle one of the sorted numbers, the lower of two", () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 }), (numbers) => {
      const values = Float64Array.from([...numbers, -1, -2]);
      const sorted = [...numbers].sort((a, b) => a - b);
      expect(median(values, numbers.length)).toBe(sorted[(numbers.length - 1) >> 1]);
    }),
  );
});
