import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { errorOf } from "../../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { RoutedCall } from "./journey.ts";
import { type TryOptions, tryCandidates } from "./try-candidates.ts";
import type { Turn } from "./turn.ts";

const answer = { usage: { inputTokens: 1, outputTokens: 2 } };
const status = (statusCode: number) => Object.assign(new Error("no"), { statusCode });

/** Tries candidates on backends a, b, c, … ; `outcomes` are what they do, in the order in which they are asked. */
function attempt(outcomes: readonly unknown[], options: Partial<TryOptions> = {}) {
  const backends = ["a", "b", "c", "d", "e"].map((id) => scriptedBackend({ id }));
  const parts = routingParts(backends);
  const calls: RoutedCall[] = [];
  const asked: string[] = [];
  const onRouted = (call: RoutedCall) => calls.push(call);
  const all = {
    triesLeft: 3,
    signal: new AbortController().signal,
    isCommitted: () => false,
    onRouted,
  };
  const ask = async (turn: Turn) => {
    const outcome = outcomes[asked.length];
    asked.push(turn.candidate.backend.id);
    if (outcome instanceof Error) throw outcome;
    if (outcome instanceof Promise) return outcome;
    turn.used(answer.usage);
    return answer;
  };
  const work = tryCandidates(parts, wanted({ policy: "ordered" }), { ...all, ...options }, ask);
  return { work, parts, calls, asked };
}

test("gives the first candidate's answer and reports the way to it", async () => {
  const { work, calls, parts } = attempt([]);
  expect(await work).toBe(answer);
  expect(calls).toEqual([
    {
      durationMs: 0,
      model: "scripted",
      backend: "a",
      provider: "scripted",
      usage: answer.usage,
      route: {
        policy: "ordered",
        tried: [{ backend: "a", model: "scripted", startedAt: 0, durationMs: 0, usage: answer.usage }],
        candidates: 5,
        dropped: [],
      },
      tries: 1,
    },
  ]);
  expect(parts.health.leases.total).toBe(0);
});

describe("a failure", () => {
  test.each([
    ["429", status(429), "rate_limit"],
    ["408", status(408), "timeout"],
    ["500", status(500), "server_error"],
    ["503", status(503), "server_error"],
    ["401", status(401), "auth"],
    ["404", status(404), "unavailable"],
    ["a broken connection", Object.assign(new Error("x"), { code: "ECONNRESET" }), "network"],
    ["a timeout", Object.assign(new Error("x"), { name: "TimeoutError" }), "timeout"],
  ])("by %s passes on to the next candidate", async (_name, error, failure) => {
    const { work, calls, asked, parts } = attempt([error]);
    expect(await work).toBe(answer);
    expect(asked).toEqual(["a", "b"]);
    expect(calls[0]?.route.tried).toMatchObject([
      { backend: "a", model: "scripted", error: { code: "model_failed", failure } },
      { backend: "b", model: "scripted", usage: answer.usage },
    ]);
    expect(parts.health.leases.total).toBe(0);
  });

  test.each([400, 413, 422])("by %i does not: it would be the same everywhere", async (code) => {
    const { work, calls, asked, parts } = attempt([status(code)]);
    expect((await errorOf(work)).details).toMatchObject({ backend: "a", status: code });
    expect(asked).toEqual(["a"]);
    expect(calls).toMatchObject([{ tries: 1, usage: undefined, backend: "a" }]);
    expect(parts.health.leases.total).toBe(0);
  });

  test("does not pass on where a reader has a part of the answer", async () => {
    const { work, asked } = attempt([status(500)], { isCommitted: () => true });
    await errorOf(work);
    expect(asked).toEqual(["a"]);
  });
});

test("tries as many candidates as it may, each once, and rejects with the last failure", async () => {
  const { work, asked, calls } = attempt([status(500), status(503), status(429), status(500)]);
  expect(await errorOf(work)).toMatchObject({ failure: "rate_limit", details: { backend: "c" } });
  expect(asked).toEqual(["a", "b", "c"]);
  expect(calls).toMatchObject([{ tries: 3, backend: "c" }]);
  const many = attempt(Array(9).fill(status(500)), { triesLeft: 9 });
  await errorOf(many.work);
  expect(many.asked).toEqual(["a", "b", "c", "d", "e"]);
});

test("reports a call that found no candidate", async () => {
  const calls: RoutedCall[] = [];
  const parts = routingParts([]);
  const options = {
    triesLeft: 3,
    signal: new AbortController().signal,
    isCommitted: () => false,
    onRouted: (call: RoutedCall) => calls.push(call),
  };
  await errorOf(tryCandidates(parts, wanted({ policy: "random" }), options, async () => answer));
  expect(calls).toEqual([
    {
      durationMs: 0,
      error: expect.objectContaining({ code: "no_candidate" }),
      model: undefined,
      backend: undefined,
      provider: undefined,
      usage: undefined,
      route: { policy: "random", candidates: 0, tried: [], dropped: [] },
      tries: 0,
    },
  ]);
});

describe("when the signal aborts", () => {
  test("before anything was tried, nothing is", async () => {
    const reason = new Error("enough");
    const { work, asked } = attempt([], { signal: AbortSignal.abort(reason) });
    await expect(work).rejects.toBe(reason);
    expect(asked).toEqual([]);
  });

  test("a candidate that ignores it is not waited for; its lease comes back and its try is reported at once", async () => {
    const aborter = new AbortController();
    const { work, parts, calls } = attempt([new Promise(() => {})], { signal: aborter.signal });
    await parts.clock.advance(0);
    expect(parts.health.leases.total).toBe(1);
    const reason = new Error("enough");
    aborter.abort(reason);
    expect(calls).toMatchObject([
      { tries: 1, backend: "a", route: { tried: [{ backend: "a", error: { code: "unexpected_error" } }] } },
    ]);
    await expect(work).rejects.toBe(reason);
    expect(parts.health.leases.total).toBe(0);
    expect(calls).toHaveLength(1);
  });

  test("the next candidate is not asked, whatever the failure", async () => {
    const aborter = new AbortController();
    const failing = Promise.withResolvers<never>();
    const { work, asked, parts } = attempt([failing.promise], { signal: aborter.signal });
    await parts.clock.advance(0);
    aborter.abort(new Error("enough"));
    failing.reject(status(500));
    await expect(work).rejects.toThrow("enough");
    expect(asked).toEqual(["a"]);
  });

  test("its listeners are removed at the end", async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await attempt([status(500)], { signal }).work;
    expect(added.mock.calls.length).toBeGreaterThan(0);
    const listenersOf = (spy: typeof added) => new Set<unknown>(spy.mock.calls.map((call) => call[1]));
    await Promise.resolve();
    for (const listener of listenersOf(added))
      expect(removed.mock.calls.some((call) => call[1] === listener)).toBe(true);
  });
});
