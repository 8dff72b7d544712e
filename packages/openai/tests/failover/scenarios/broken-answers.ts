import { expect } from "vitest";
import type { Arena } from "../arena.ts";
import { isRead } from "../ask.ts";
import { expectAnswer, expectFailure, expectTried, type Scenario, type Why } from "../scenario.ts";
import type { Interrupt } from "../trouble.ts";

export const reset: Scenario = {
  name: "connection reset",
  async play(arena) {
    arena.primary.next({ kind: "reset" });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, arena.fallback);
    expectTried(outcome, arena, ["primary", "network"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

export const cut = broken("a stream that is cut", "break", { failure: "network" });
export const malformed = broken("a malformed chunk", "garbage", { failure: "reply" });
export const unterminated = broken("a missing terminator", "end", { failure: "network", reason: "truncated" });

/**
 * What breaks before anybody has a part of it is answered by somebody else; what breaks later fails, and nobody else's words follow.
 */
function broken(name: string, by: Interrupt["by"], why: Why): Scenario {
  return {
    name,
    async play(arena) {
      await breakEarly(arena, by, why.reason ?? why.failure);
      const before = arena.counts();
      arena.primary.next({ kind: "interrupt", afterWords: 2, by });
      const outcome = await arena.ask();
      if (!isRead(arena.way)) {
        expectAnswer(outcome, arena, arena.fallback);
        return expect(arena.counts()).toEqual({ primary: before.primary + 1, fallback: before.fallback + 1 });
      }
      expect(outcome.read).toBe("red green");
      expectFailure(outcome, why);
      expectTried(outcome, arena, ["primary", why.reason ?? why.failure]);
      expect(arena.counts()).toEqual({ ...before, primary: before.primary + 1 });
    },
  };
}

async function breakEarly(arena: Arena, by: Interrupt["by"], why: string): Promise<void> {
  arena.primary.next({ kind: "interrupt", afterWords: 0, by });
  const outcome = await arena.ask();
  expectAnswer(outcome, arena, arena.fallback);
  // An answer in one piece that ends in the middle is one that nobody can read.
  const whole = by === "end" ? "reply" : why;
  expectTried(outcome, arena, ["primary", isRead(arena.way) ? why : whole], ["fallback"]);
  expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
}
