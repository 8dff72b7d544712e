import { expect, test, vi } from "vitest";
import { chainOf } from "../../tests/fixtures/chain-of.ts";
import { compileChain } from "../engine/compile-chain.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import type { RoutedCall } from "../routing/call/journey.ts";
import { Attempt } from "./attempt.ts";

function attemptOf(triesLeft = 3): Attempt {
  const [task] = compileChain(chainOf({ handler: "noop" })).tasks;
  if (task === undefined) throw new CatenaryError("test_failed", "the chain has no task");
  const input = { type: "string", value: "Hi" } as const;
  const effect = {
    kind: "execute",
    key: "task#1",
    thread: "",
    task: 0,
    attempt: 1,
    delayMs: 0,
    input,
    triesLeft,
  } as const;
  return new Attempt({ effect, task, variables: [], startedAt: 0, stepStartedAt: 0 });
}

const routed = (tries: number, backend: string, usage?: RoutedCall["usage"]): RoutedCall => ({
  model: "m",
  backend,
  provider: "scripted",
  usage,
  route: { policy: "ordered", tried: [], dropped: [] },
  tries,
  durationMs: 0,
});

test("an interruption aborts the signal, whoever asked for it first, and calls the listener once", () => {
  const reason = new Error("enough");
  const [before, after] = [attemptOf(), attemptOf()];
  const { signal } = before;
  const listener = vi.fn();
  before.onInterrupt(listener);
  for (const attempt of [before, after]) {
    expect(attempt.isInterrupted).toBe(false);
    attempt.interrupt(reason);
    attempt.interrupt(new Error("again"));
    expect(attempt.isInterrupted).toBe(true);
  }
  expect([signal.aborted, signal.reason]).toEqual([true, reason]);
  expect([after.signal.aborted, after.signal.reason]).toEqual([true, reason]);
  expect(listener.mock.calls).toEqual([[reason]]);
  const late = vi.fn();
  after.onInterrupt(late);
  expect(late.mock.calls).toEqual([[reason]]);
});

test("its calls are reported together: all tries and tokens, and where the last one went", () => {
  const attempt = attemptOf();
  attempt.report(routed(2, "a", { inputTokens: 1, outputTokens: 2 }));
  attempt.report(routed(1, "b"));
  attempt.report(routed(1, "c", { inputTokens: 10, outputTokens: undefined }));
  expect(attempt.calls).toMatchObject({ tries: 4, backend: "c", usage: { inputTokens: 11, outputTokens: 2 } });
});

test("a task that calls several models may always make one more call", () => {
  const attempt = attemptOf(2);
  expect(attempt.triesLeft).toBe(2);
  attempt.report(routed(1, "a"));
  expect(attempt.triesLeft).toBe(1);
  attempt.report(routed(1, "a"));
  expect(attempt.triesLeft).toBe(1);
});
