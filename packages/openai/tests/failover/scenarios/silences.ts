import { expect } from "vitest";
import { isRead } from "../ask.ts";
import { expectAnswer, expectFailure, expectTried, type Scenario } from "../scenario.ts";

const SHORT_MS = 120;
/** The same patience for an answer in pieces and for one in one piece. */
const SHORT = { firstTokenTimeoutMs: SHORT_MS, answerTimeoutMs: SHORT_MS, idleTimeoutMs: SHORT_MS };
const LONG = { firstTokenTimeoutMs: 20_000, answerTimeoutMs: 20_000, idleTimeoutMs: 20_000 };

export const silentRoute: Scenario = {
  name: "a silent route",
  terms: { primary: { routing: SHORT }, fallback: { routing: LONG } },
  async play(arena) {
    arena.primary.next({ kind: "hang" });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, arena.fallback);
    expectTried(outcome, arena, ["primary", "first_token"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

export const silenceEverywhere: Scenario = {
  name: "a silent route, and nobody else answers",
  terms: { primary: { routing: SHORT }, fallback: { routing: SHORT } },
  async play(arena) {
    arena.primary.next({ kind: "hang" });
    // An answer in one piece from the last one who could give it is waited for until the deadline, so this one refuses.
    arena.fallback.next(isRead(arena.way) ? { kind: "hang" } : { kind: "status", status: 500 });
    const outcome = await arena.ask();
    expectFailure(outcome, { failure: "timeout", reason: "first_token" });
    expectTried(
      outcome,
      arena,
      ["primary", "first_token"],
      ["fallback", isRead(arena.way) ? "first_token" : "server_error"],
    );
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

export const slowFirstToken: Scenario = {
  name: "a slow first token",
  terms: { primary: { routing: SHORT }, fallback: { routing: LONG } },
  async play(arena) {
    // The answer has begun, with all that says nothing.
    arena.primary.next({ kind: "interrupt", afterWords: 0, by: "silence" });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, arena.fallback);
    expectTried(outcome, arena, ["primary", "first_token"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

export const slowInTime: Scenario = {
  name: "a slow first token that is waited for",
  terms: { primary: { routing: LONG } },
  async play(arena) {
    arena.primary.next({ kind: "delay", delayMs: 100 });
    expectAnswer(await arena.ask(), arena, arena.primary);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
  },
};

export const stall: Scenario = {
  name: "a stall in the middle",
  terms: {
    primary: { routing: { ...LONG, answerTimeoutMs: SHORT_MS, idleTimeoutMs: SHORT_MS } },
    fallback: { routing: LONG },
  },
  async play(arena) {
    arena.primary.next({ kind: "interrupt", afterWords: 2, by: "silence" });
    const outcome = await arena.ask();
    if (isRead(arena.way)) {
      expect(outcome.read).toBe("red green");
      expectFailure(outcome, { failure: "timeout", reason: "idle" });
      expectTried(outcome, arena, ["primary", "idle"]);
      expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
      return;
    }
    expectAnswer(outcome, arena, arena.fallback);
    expectTried(outcome, arena, ["primary", "first_token"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};
