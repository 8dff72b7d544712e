import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

/** What a pure engine has no use for: the clock, chance, the network, waiting, and the host. */
const OUTSIDE = [
  /\bDate\.now\b/,
  /\bnew Date\((?!at\))/,
  /\bMath\.random\b/,
  /\bcrypto\b/,
  /\bset(?:Timeout|Interval|Immediate)\b/,
  /\bqueueMicrotask\b/,
  /\bperformance\b/,
  /\bfetch\b/,
  /\bconsole\b/,
  /\bprocess\b/,
  /\bglobalThis\b/,
  /\basync\b/,
  /\bawait\b/,
  /\bPromise\b/,
  /\bimport\(/,
];

/** Rooms that act: the engine may not even know them. */
const ACTING = /from "(?:\.\.\/)+(?:events|store|model|registry|fleet|routing|hook|handler|run|surroundings)\//;

const FILES = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
);

/** A source without its comments: prose may speak of the clock. */
function codeOf(path: string): string {
  return readFileSync(join(import.meta.dirname, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
}

test("the engine is there to be looked at", () => {
  expect(FILES).toContain("transition.ts");
  expect(FILES.length).toBeGreaterThan(20);
});

describe.each(FILES)("%s", (path) => {
  test("refers to nothing outside", () => {
    const code = codeOf(path);
    expect(OUTSIDE.filter((pattern) => pattern.test(code)).map(String)).toEqual([]);
  });

  test("imports no room that acts", () => {
    expect(codeOf(path)).not.toMatch(ACTING);
  });
});

test("what is looked for would be found", () => {
  const samples = [
    "Date.now()",
    "new Date()",
    "async function f() {}",
    'from "../run/attempt.ts"',
    "performance.now()",
  ];
  for (const sample of samples) expect([...OUTSIDE, ACTING].some((pattern) => pattern.test(sample))).toBe(true);
  expect(OUTSIDE.some((pattern) => pattern.test("new Date(at).toISOString()"))).toBe(false);
});
