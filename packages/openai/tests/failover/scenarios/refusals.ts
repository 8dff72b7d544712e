import { expect } from "vitest";
import { expectAnswer, expectFailure, expectTried, type Scenario } from "../scenario.ts";

export const limitWithHint: Scenario = {
  name: "429 with a hint",
  async play(arena) {
    const { primary, fallback } = arena;
    primary.next({ kind: "status", status: 429, retryAfterSeconds: 30 });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, fallback);
    expectTried(outcome, arena, ["primary", "rate_limit"], ["fallback"]);
    // It is well again, and is left alone for as long as it asked for.
    expectAnswer(await arena.ask(), arena, fallback);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 2 });
  },
};

export const persistentLimit: Scenario = {
  name: "429 that stays",
  async play(arena) {
    const { primary, fallback } = arena;
    primary.always({ kind: "status", status: 429, retryAfterSeconds: 40 });
    fallback.always({ kind: "status", status: 429, retryAfterSeconds: 20 });
    const outcome = await arena.ask();
    expectFailure(outcome, { failure: "rate_limit" });
    expectTried(outcome, arena, ["primary", "rate_limit"], ["fallback", "rate_limit"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
    for (let again = 0; again < 3; again += 1) {
      const refused = await arena.ask();
      expectFailure(refused, { failure: "rate_limit" });
      // The one that is free first decides.
      expect(refused.error?.details.retryAfterMs).toBeGreaterThan(10_000);
      expect(refused.error?.details.retryAfterMs).toBeLessThanOrEqual(20_000);
    }
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
  },
};

export const singleError: Scenario = {
  name: "a single 500",
  async play(arena) {
    const { primary, fallback } = arena;
    primary.next({ kind: "status", status: 500 });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, fallback);
    expectTried(outcome, arena, ["primary", "server_error"], ["fallback"]);
    // One failure shuts nobody out.
    expectAnswer(await arena.ask(), arena, primary);
    expect(arena.counts()).toEqual({ primary: 2, fallback: 1 });
  },
};

export const overloaded: Scenario = {
  name: "503",
  async play(arena) {
    const { primary, fallback } = arena;
    primary.always({ kind: "status", status: 503, message: "server busy, please try again" });
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, fallback);
    expectTried(outcome, arena, ["primary", "overloaded"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
    fallback.always({ kind: "status", status: 503, message: "server busy, please try again" });
    expectFailure(await arena.ask(), { failure: "server_error", reason: "overloaded" });
    expect(arena.counts()).toEqual({ primary: 2, fallback: 2 });
  },
};

export const contextOverflow: Scenario = {
  name: "context overflow",
  terms: { primary: { model: { contextLength: 4_000 } }, fallback: { model: { contextLength: 16_000 } } },
  async play(arena) {
    const { primary, fallback } = arena;
    primary.always(tooLong(4_000));
    const outcome = await arena.ask();
    expectAnswer(outcome, arena, fallback);
    expectTried(outcome, arena, ["primary", "context_length"], ["fallback"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 1 });
    fallback.next(tooLong(16_000));
    expectFailure(await arena.ask(), { failure: "bad_request", reason: "context_length", status: 400 });
    expect(arena.counts()).toEqual({ primary: 2, fallback: 2 });
  },
};

export const contextOverflowEverywhere: Scenario = {
  name: "context overflow, and nobody holds more",
  terms: { primary: { model: { contextLength: 4_000 } }, fallback: { model: { contextLength: 4_000 } } },
  async play(arena) {
    arena.primary.next(tooLong(4_000));
    const outcome = await arena.ask();
    expectFailure(outcome, { failure: "bad_request", reason: "context_length", status: 400 });
    expectTried(outcome, arena, ["primary", "context_length"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
  },
};

export const contentFilter: Scenario = {
  name: "content filter",
  async play(arena) {
    const message = "The response was filtered by the content filter.";
    arena.primary.next({
      kind: "status",
      status: 400,
      body: JSON.stringify({ error: { message, code: "content_filter" } }),
    });
    const outcome = await arena.ask();
    expectFailure(outcome, { failure: "bad_request", reason: "content_filter", status: 400 });
    expectTried(outcome, arena, ["primary", "content_filter"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
  },
};

export const contentFilterAnswer: Scenario = {
  name: "content filter, told as an answer of nothing",
  only: ["OpenAI", "compatible"],
  async play(arena) {
    arena.primary.reply({ content: "", finishReason: "content_filter" });
    const outcome = await arena.ask();
    // A model of the AI SDK says so by the reason for which it is finished.
    if (arena.way === "router") expect(outcome).toMatchObject({ text: "", error: undefined });
    else expectFailure(outcome, { failure: "bad_request", reason: "content_filter" });
    expectTried(outcome, arena, arena.way === "router" ? ["primary"] : ["primary", "content_filter"]);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
  },
};

function tooLong(tokens: number) {
  const message = `This model's maximum context length is ${tokens} tokens, and your messages have more.`;
  return {
    kind: "status",
    status: 400,
    body: JSON.stringify({ error: { message, type: "invalid_request_error", code: "context_length_exceeded" } }),
  } as const;
}
