import fc from "fast-check";
import { expect, test } from "vitest";
import { runs } from "../../../tests/property-runs.ts";
import { RateLimits } from "./rate-limits.ts";

const START = 1_000_000_000;

test("a backend without limits has none", () => {
  expect(RateLimits.of(undefined)).toBeUndefined();
  expect(RateLimits.of({ concurrency: 2 })).toBeUndefined();
});

test("lets as many calls begin within a minute as it may, and says when the next one can", () => {
  const limits = new RateLimits({ requestsPerMinute: 2 });
  limits.begin(START, 0);
  expect(limits.freeAt(START, 0)).toBe(START);
  limits.begin(START + 10_000, 0);
  expect(limits.freeAt(START + 20_000, 0)).toBe(START + 61_000);
  expect(limits.freeAt(START + 61_000, 0)).toBe(START + 61_000);
});

test("sets tokens aside for calls under way, and counts what they spent", () => {
  const limits = new RateLimits({ tokensPerMinute: 1_000 });
  limits.begin(START, 600);
  expect(limits.freeAt(START, 300)).toBe(START);
  expect(limits.freeAt(START, 500)).toBeGreaterThan(START);
  limits.end(START + 1_000, 600, 100);
  expect([limits.reserved, limits.spent(START + 1_000)]).toEqual([0, 100]);
  expect(limits.freeAt(START + 1_000, 900)).toBe(START + 1_000);
  expect(limits.freeAt(START + 1_000, 901)).toBe(START + 62_000);
});

test("lets a call that is larger than the limit go when nothing else was spent", () => {
  const limits = new RateLimits({ tokensPerMinute: 100 });
  expect(limits.freeAt(START, 5_000)).toBe(START);
  limits.begin(START, 5_000);
  limits.end(START, 5_000, 5_000);
  expect(limits.freeAt(START, 1)).toBe(START + 61_000);
});

test("with a limit of 0 nothing ever begins", () => {
  expect(new RateLimits({ requestsPerMinute: 0 }).freeAt(START, 0)).toBeGreaterThan(START);
});

test("no minute sees more calls than the limit, what is set aside is never negative, and all of it comes back", () => {
  const call = fc.record({ waitMs: fc.nat(20_000), tokens: fc.nat(400), spent: fc.nat(800), ends: fc.boolean() });
  fc.assert(
    fc.property(fc.array(call, { maxLength: 80 }), fc.integer({ min: 1, max: 8 }), (calls, most) => {
      const limits = new RateLimits({ requestsPerMinute: most, tokensPerMinute: 1_000 });
      const begun: number[] = [];
      const open: number[] = [];
      let now = START;
      let settled = 0;
      for (const { waitMs, tokens, spent, ends } of calls) {
        now += waitMs;
        if (limits.freeAt(now, tokens) <= now) {
          limits.begin(now, tokens);
          begun.push(now);
          open.push(tokens);
        }
        const reserved = ends ? open.shift() : undefined;
        if (reserved !== undefined) {
          limits.end(now, reserved, spent);
          settled += spent;
        }
        expect(begun.filter((at) => now - at < 60_000).length).toBeLessThanOrEqual(most);
        expect(limits.reserved).toBe(open.reduce((total, one) => total + one, 0));
        expect(limits.spent(now)).toBeLessThanOrEqual(settled);
      }
      for (const reserved of open) limits.end(now, reserved, 0);
      expect(limits.reserved).toBe(0);
      expect(limits.spent(now + 61_000)).toBe(0);
    }),
    runs(100),
  );
});
