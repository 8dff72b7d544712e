import fc from "fast-check";
import { expect, test } from "vitest";
import { fromRfc3339, toRfc3339 } from "./rfc3339.ts";

/** 0 to the year 2200. */
const micros = fc.integer({ min: 0, max: 7_258_118_400_000_000 });

test("a time that was written is read as the same time", () => {
  fc.assert(fc.property(micros, (time) => fromRfc3339(toRfc3339(time)) === time));
});

test("later times have texts that sort later", () => {
  fc.assert(fc.property(micros, micros, (one, other) => one < other === toRfc3339(one) < toRfc3339(other)));
});

test.for([
  ["1970-01-01T00:00:01Z", 1_000_000],
  ["1970-01-01T00:00:00.000001Z", 1],
  ["1970-01-01T02:00:00.5+02:00", 500_000],
  ["1970-01-01T00:00:00.000000001Z", 0.001],
] as const)("%s is %d microseconds", ([text, time]) => {
  expect(fromRfc3339(text)).toBeCloseTo(time, 6);
});

test.for(["", "x", "1970-01-01", "1970-01-01T00:00:00", "1970-13-01T00:00:00Z", "0", "1970-01-01 00:00:00Z"])(
  "%j is no time",
  (text) => {
    expect(fromRfc3339(text)).toBeUndefined();
  },
);
