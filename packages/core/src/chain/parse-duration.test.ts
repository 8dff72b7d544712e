import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDuration } from "./parse-duration.ts";

test.each([
  ["0", 0],
  ["-0", 0],
  ["0s", 0],
  ["-0s", 0],
  ["300ms", 300],
  ["30s", 30_000],
  ["2m", 120_000],
  ["1h30m", 5_400_000],
  ["1.5h", 5_400_000],
  [".5m", 30_000],
  ["5.s", 5000],
  ["+5s", 5000],
  ["-1s", -1000],
  ["1s1s", 2000],
  ["5s1m", 65_000],
  ["1us", 0.001],
  ["1\u00b5s", 0.001],
  ["1\u03bcs", 0.001],
  ["30000000000ns", 30_000],
  ["9223372036s", 9_223_372_036_000],
])("%j is %d milliseconds", (text, durationMs) => {
  expect(parseDuration(text)).toBeCloseTo(durationMs, 9);
});

test.each([
  "",
  "+",
  "-",
  "soon",
  "30",
  "1.5",
  "10S",
  "1d",
  "1w",
  " 1s",
  "1s ",
  "1 s",
  "--1s",
  "+-1s",
  "1s5",
  "1s-5s",
  '5"s',
  ".s",
  "s",
  "1e3s",
  "1,5s",
  "٣s",
  "9223372037s",
  "999999999999999999999h",
])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test("the parts of a duration add up", () => {
  const part = fc.nat({ max: 1000 });
  fc.assert(
    fc.property(part, part, part, (hours, minutes, milliseconds) => {
      const durationMs = hours * 3_600_000 + minutes * 60_000 + milliseconds;
      expect(parseDuration(`${hours}h${minutes}m${milliseconds}ms`)).toBe(durationMs);
    }),
  );
});

test("no text makes it throw or give a number that is not finite", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const durationMs = parseDuration(text);
      expect(durationMs === undefined || Number.isFinite(durationMs)).toBe(true);
    }),
  );
});
