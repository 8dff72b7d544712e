import { createVirtualClock, type ScriptedReply, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { BackendRouting } from "../src/model/backend-routing.ts";
import type { LanguageModelStreamPart } from "../src/model/contract.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";
import { call, slowFirst } from "./fixtures/slow-first.ts";

async function texts(stream: ReadableStream<LanguageModelStreamPart>): Promise<string> {
  const parts = await readAll(stream);
  return parts.map((part) => (part.type === "text-delta" ? part.delta : part.type === "error" ? "!" : "")).join("");
}

describe("a candidate that does not begin its answer in time", () => {
  test("is left for another, and its signal aborts", async () => {
    const { clock, slow, model } = slowFirst([{ hang: true }]);
    const streamed = model.doStream(call);
    await clock.advance(59_999);
    expect(slow.calls[0]?.options.abortSignal?.aborted).toBe(false);
    await clock.advance(1);
    expect(slow.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect(await texts((await streamed).stream)).toBe("fine");
    expect(clock.pending).toBe(0);
  });

  test("has the time that its backend says, or all of it", async () => {
    const { clock, model } = slowFirst(
      [
        { text: "late", delayMs: 4999 },
        { text: "late", delayMs: 5001 },
      ],
      {
        firstTokenTimeoutMs: 5000,
      },
    );
    for (const expected of ["late", "fine"]) {
      const streamed = model.doStream(call);
      await clock.advance(5001);
      expect(await texts((await streamed).stream)).toBe(expected);
    }
    const patient = slowFirst([{ text: "late", delayMs: 300_000 }], { firstTokenTimeoutMs: 0 });
    const streamed = patient.model.doStream(call);
    await patient.clock.advance(300_000);
    expect(await texts((await streamed).stream)).toBe("late");
  });

  test("says so where nobody else is left", async () => {
    const { clock, model } = slowFirst([{ hang: true }], { firstTokenTimeoutMs: 5000 }, 0);
    const failed = errorOf(model.doStream(call));
    await clock.advance(5000);
    expect(await failed).toMatchObject({
      failure: "timeout",
      reason: "first_token",
      message: expect.stringContaining("within 5 s (routing.firstTokenTimeoutMs of the backend)"),
    });
  });
});

describe("an answer that comes in one piece", () => {
  test("is waited for two minutes, where another candidate could give it", async () => {
    const { clock, slow, model } = slowFirst([{ hang: true }]);
    const answered = model.doGenerate(call);
    await clock.advance(120_000);
    expect((await answered).providerMetadata?.catenary).toMatchObject({
      backend: "b0",
      route: { tried: [{ backend: "slow", durationMs: 120_000, error: { reason: "first_token" } }, {}] },
    });
    expect(slow.calls[0]?.options.abortSignal?.aborted).toBe(true);
  });

  test("is looked at again after two minutes more, where nobody else could take the call at first", async () => {
    const clock = createVirtualClock();
    const slow = scriptedBackend({ id: "slow", clock, models: ["m"], replies: [{ hang: true }] });
    const replies: ScriptedReply[] = [{ text: "mine", delayMs: 200_000 }, "fine"];
    const busy = scriptedBackend({ id: "busy", clock, models: ["m", "own"], replies });
    const backends = [slow, { ...busy, routing: { concurrency: 1 } }];
    const runtime = createRuntime({ backends, clock, defaults: { policy: "ordered" } });
    const holder = runtime.prompt("Hi", { model: "own" });
    const answered = runtime.prompt("Hi", { model: "m" });
    await clock.advance(239_999);
    expect([slow.calls[0]?.options.abortSignal?.aborted, busy.calls.length]).toEqual([false, 1]);
    await clock.advance(1);
    expect([slow.calls[0]?.options.abortSignal?.aborted, busy.calls.length]).toEqual([true, 2]);
    expect([(await holder).text, (await answered).text, clock.pending]).toEqual(["mine", "fine", 0]);
  });

  test("is waited for until the deadline where nobody else could", async () => {
    const { clock, model } = slowFirst([{ text: "late", delayMs: 500_000 }], {}, 0);
    const answered = model.doGenerate(call);
    await clock.advance(500_000);
    expect((await answered).content).toMatchObject([{ text: "late" }]);
    expect(clock.pending).toBe(0);
  });
});

describe("a slow answer in one piece is not given up for another candidate", () => {
  /** The other candidate is asked first, and what comes of it keeps it from the next call, which takes 150 seconds. */
  async function besides(reply: ScriptedReply, routing: BackendRouting = {}) {
    const { clock, runtime, slow, rest } = slowFirst([reply], routing);
    const other = scriptedBackend({ id: "late", clock, replies: () => ({ text: "late", delayMs: 150_000 }) });
    await runtime.backends.delete(rest[0]?.id ?? "");
    runtime.prompt("first").catch(() => undefined);
    await clock.advance(10);
    await runtime.backends.create(other);
    const answered = runtime.prompt("second");
    await clock.advance(150_000);
    expect(slow.calls).toHaveLength(1);
    return (await answered).text;
  }

  test("that refused its key", async () => {
    expect(await besides({ error: { status: 401 } })).toBe("late");
  });

  test("that asked to be left alone", async () => {
    expect(await besides({ error: { status: 429, retryAfterMs: 300_000 } })).toBe("late");
  });

  test("all places of which are taken", async () => {
    expect(await besides({ text: "x", delayMs: 500_000 }, { concurrency: 1 })).toBe("late");
  });
});
