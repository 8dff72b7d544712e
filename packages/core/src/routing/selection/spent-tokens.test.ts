import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import { ReplyError } from "../../errors/reply-error.ts";
import { tryCandidates } from "../call/try-candidates.ts";
import type { Turn } from "../call/turn.ts";
import type { CallOutcome } from "./leases.ts";

const failed = (failure: Extract<CallOutcome, { is: "failed" }>["failure"]) => ({ is: "failed", failure }) as const;

describe("of the tokens of a minute a call that may spend 500, and asks with 300 of them,", () => {
  test.each<readonly [string, CallOutcome, number]>([
    ["that was answered has spent what its server says", { is: "answered", inputTokens: 310, outputTokens: 20 }, 330],
    ["that was answered has spent all where its server says nothing", { is: "answered" }, 500],
    ["that failed has spent what its server says", { ...failed("reply"), inputTokens: 310 }, 310],
    ["that was cancelled has spent what its server says", { is: "cancelled", inputTokens: 0 }, 0],
    ["that was cancelled has spent what it asked with", { is: "cancelled" }, 300],
    ["that broke off has spent what it asked with", failed("network"), 300],
    ["that took too long has spent what it asked with", failed("timeout"), 300],
    ["that was refused has spent nothing", failed("bad_request"), 0],
    ["that was told to wait has spent nothing", failed("rate_limit"), 0],
    ["that found the server full has spent nothing", { ...failed("server_error"), reason: "overloaded" }, 0],
  ])("one %s", (_what, outcome, spent) => {
    const pool = new Pool([{ tokensPerMinute: 10_000 }]);
    pool.choose({ tokens: 500, promptTokens: 300 }).lease.release(outcome);
    const { limits } = pool.at(0).health.backend;
    expect([limits?.spent(pool.clock.now()), limits?.reserved]).toEqual([spent, 0]);
  });
});

describe("of a routed call", () => {
  async function spent(attempt: (turn: Turn) => Promise<unknown>, signal?: AbortSignal) {
    const backend = { ...scriptedBackend(), routing: { tokensPerMinute: 10_000 } };
    const parts = routingParts([backend]);
    const options = { triesLeft: 1, signal, isCommitted: () => false, onRouted: () => {} };
    const asked = wanted({ contextLength: 300, outputTokens: 200 });
    await tryCandidates(parts, asked, options, attempt).catch(() => {});
    return parts.health.ofBackend(backend).limits?.spent(parts.clock.now());
  }

  test("what a failed attempt says that it used is counted", async () => {
    const reported = spent(async (turn) => {
      turn.used({ inputTokens: 320, outputTokens: 7 });
      throw new ReplyError("it ended with an error");
    });
    expect(await reported).toBe(327);
  });

  test("what it asked with is counted where the caller gave up, but not where nobody was asked yet", async () => {
    const aborter = new AbortController();
    const asked = spent(async () => {
      aborter.abort();
      await new Promise(() => {});
    }, aborter.signal);
    expect(await asked).toBe(300);
    expect(await spent(async () => {}, AbortSignal.abort())).toBe(0);
  });
});
