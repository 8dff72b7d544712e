import {
  createVirtualClock,
  type ScriptedBackendSettings,
  type ScriptedReply,
  scriptedBackend,
} from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import type { BackendRouting } from "../src/model/backend-routing.ts";
import type { LanguageModel, LanguageModelCallOptions, LanguageModelStreamPart } from "../src/model/contract.ts";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const call: LanguageModelCallOptions = { prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] };

/** A runtime whose first backend is of a kind, and whose second answers. */
function setUp(first: readonly ScriptedReply[], routing: BackendRouting = {}, others = 1) {
  const clock = createVirtualClock();
  const backend = (id: string, more: ScriptedBackendSettings) => scriptedBackend({ id, clock, ...more });
  const slow = backend("slow", { replies: first });
  const rest = Array.from({ length: others }, (_, at) => backend(`b${at}`, { replies: ["fine", "fine"] }));
  const backends: readonly Backend[] = [{ ...slow, routing }, ...rest];
  const runtime = createRuntime({ backends, clock, defaults: { policy: "ordered" } });
  return { clock, slow, rest, runtime, model: runtime.model() };
}

/** A stream that somebody pushes parts into, and never listens to its signal. */
function deafModel(id: string) {
  let push: (part: LanguageModelStreamPart) => void = () => {};
  let isCancelled = false;
  const signals: AbortSignal[] = [];
  const stream = () =>
    new ReadableStream<LanguageModelStreamPart>({
      start(controller) {
        push = (part) => controller.enqueue(part);
      },
      cancel() {
        isCancelled = true;
      },
    });
  const model: LanguageModel = {
    specificationVersion: "v4",
    provider: "deaf",
    modelId: "m",
    supportedUrls: {},
    doGenerate: () => new Promise<never>(() => {}),
    doStream: async ({ abortSignal }) => {
      if (abortSignal !== undefined) signals.push(abortSignal);
      return { stream: stream() };
    },
  };
  const backend: Backend = { id, type: "deaf", listModels: async () => [{ id: "m" }], languageModel: () => model };
  return {
    backend,
    signals,
    push: (part: LanguageModelStreamPart) => push(part),
    get isCancelled() {
      return isCancelled;
    },
  };
}

function streamFrom(parts: readonly LanguageModelStreamPart[]): ReadableStream<LanguageModelStreamPart> {
  return new ReadableStream<LanguageModelStreamPart>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

const delta = (text: string): LanguageModelStreamPart => ({ type: "text-delta", id: "0", delta: text });
const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 2, text: 2, reasoning: 0 },
};
const finish: LanguageModelStreamPart = { type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage };

async function texts(stream: ReadableStream<LanguageModelStreamPart>): Promise<string> {
  const parts = await readAll(stream);
  return parts.map((part) => (part.type === "text-delta" ? part.delta : part.type === "error" ? "!" : "")).join("");
}

describe("a candidate that does not begin its answer in time", () => {
  test("is left for another, and its signal aborts", async () => {
    const { clock, slow, model } = setUp([{ hang: true }]);
    const streamed = model.doStream(call);
    await clock.advance(59_999);
    expect(slow.calls[0]?.options.abortSignal?.aborted).toBe(false);
    await clock.advance(1);
    expect(slow.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect(await texts((await streamed).stream)).toBe("fine");
    expect(clock.pending).toBe(0);
  });

  test("has the time that its backend says, or all of it", async () => {
    const { clock, model } = setUp(
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
    const patient = setUp([{ text: "late", delayMs: 300_000 }], { firstTokenTimeoutMs: 0 });
    const streamed = patient.model.doStream(call);
    await patient.clock.advance(300_000);
    expect(await texts((await streamed).stream)).toBe("late");
  });

  test("says so where nobody else is left", async () => {
    const { clock, model } = setUp([{ hang: true }], { firstTokenTimeoutMs: 5000 }, 0);
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
    const { clock, slow, model } = setUp([{ hang: true }]);
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
    const { clock, model } = setUp([{ text: "late", delayMs: 500_000 }], {}, 0);
    const answered = model.doGenerate(call);
    await clock.advance(500_000);
    expect((await answered).content).toMatchObject([{ text: "late" }]);
    expect(clock.pending).toBe(0);
  });
});

describe("a slow answer in one piece is not given up for another candidate", () => {
  /** The other candidate is asked first, and what comes of it keeps it from the next call, which takes 150 seconds. */
  async function besides(reply: ScriptedReply, routing: BackendRouting = {}) {
    const { clock, runtime, slow, rest } = setUp([reply], routing);
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

describe("a stream that has begun and falls silent", () => {
  test("ends with one error, and nobody else goes on", async () => {
    const { clock, rest, model } = setUp([{ text: "one", hang: true }]);
    const { stream } = await model.doStream(call);
    const read = readAll(stream);
    await clock.advance(30_000);
    const parts = await read;
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { failure: "timeout", reason: "idle" } });
    expect(parts.filter(({ type }) => type === "error")).toHaveLength(1);
    expect([rest[0]?.calls.length, clock.pending]).toEqual([0, 0]);
  });

  test("ends, too, where only signs of life come", async () => {
    const clock = createVirtualClock();
    const deaf = deafModel("deaf");
    const runtime = createRuntime({ backends: [deaf.backend], clock });
    const streamed = runtime.model().doStream(call);
    await clock.advance(0);
    deaf.push(delta("one"));
    const read = readAll((await streamed).stream);
    for (let at = 0; at < 8; at++) {
      await clock.advance(10_000);
      deaf.push({ type: "ping" });
    }
    await clock.advance(10_000);
    expect((await read).at(-1)).toMatchObject({ type: "error", error: { reason: "idle" } });
    expect([deaf.isCancelled, deaf.signals[0]?.aborted, clock.pending]).toEqual([true, true, 0]);
  });

  test("is not at fault where its reader takes its time", async () => {
    const clock = createVirtualClock();
    const deaf = deafModel("deaf");
    const runtime = createRuntime({ backends: [deaf.backend], clock });
    const streamed = runtime.model({ deadline: "0" }).doStream(call);
    await clock.advance(0);
    deaf.push(delta("one"));
    const reader = (await streamed).stream.getReader();
    await reader.read();
    await reader.read();
    await clock.advance(500_000);
    deaf.push(delta("two"));
    expect((await reader.read()).value).toMatchObject({ delta: "two" });
    await clock.advance(500_000);
    const next = reader.read();
    await clock.advance(29_999);
    deaf.push(finish);
    expect((await next).value).toMatchObject({ type: "finish" });
    expect(clock.pending).toBe(0);
  });

  test("keeps its place until the deadline where nobody reads it any more, and nobody cancels it", async () => {
    const clock = createVirtualClock();
    const deaf = deafModel("deaf");
    const backend = { ...deaf.backend, routing: { concurrency: 1, queueLength: 0 } };
    const runtime = createRuntime({ backends: [backend], clock });
    const streamed = runtime.model({ deadline: "2m" }).doStream(call);
    await clock.advance(0);
    deaf.push(delta("one"));
    const reader = (await streamed).stream.getReader();
    await reader.read();
    reader.releaseLock();
    await clock.advance(119_999);
    expect(await errorOf(runtime.prompt("Hi"))).toMatchObject({ reason: "overloaded" });
    await clock.advance(1);
    expect([deaf.isCancelled, clock.pending]).toEqual([true, 0]);
  });

  test("in a chain is an attempt that failed, so that another candidate gives the whole text where nobody has any", async () => {
    const { clock, runtime } = setUp([{ text: "one", hang: true, delayMs: 5 }]);
    const run = runtime.start(chainOf({ handler: "raw_string" }), "Hi");
    const leaves = run.events();
    await clock.advance(0);
    await leaves.return?.();
    await clock.advance(30_005);
    expect(await run.result()).toMatchObject({
      status: "ok",
      output: "fine",
      steps: [{ route: { tried: [{ backend: "slow", error: { reason: "idle" } }, { backend: "b0" }] } }],
    });
  });
});

describe("the reader of a routed stream", () => {
  test("that leaves ends the call: the upstream is cancelled and nothing is left behind", async () => {
    const clock = createVirtualClock();
    const deaf = deafModel("deaf");
    const runtime = createRuntime({ backends: [deaf.backend], clock });
    const streamed = runtime.model().doStream(call);
    await clock.advance(0);
    deaf.push(delta("one"));
    const { stream } = await streamed;
    await stream.cancel("enough");
    expect([deaf.isCancelled, deaf.signals[0]?.aborted, clock.pending]).toEqual([true, true, 0]);
    await runtime.close();
  });

  test("gets the reason where the caller aborts, and where the runtime is closed", async () => {
    for (const end of ["abort", "close"] as const) {
      const clock = createVirtualClock();
      const deaf = deafModel("deaf");
      const runtime = createRuntime({ backends: [deaf.backend], clock });
      const aborter = new AbortController();
      const streamed = runtime.model().doStream({ ...call, abortSignal: aborter.signal });
      await clock.advance(0);
      deaf.push(delta("one"));
      const read = readAll((await streamed).stream);
      const reason = new Error("enough");
      // Closing takes a turn of the host, and by then somebody must have taken the failure.
      read.catch(() => {});
      if (end === "abort") aborter.abort(reason);
      else await runtime.close();
      await expect(read).rejects.toMatchObject(end === "abort" ? { message: "enough" } : { code: "runtime_closed" });
      expect([deaf.isCancelled, deaf.signals[0]?.aborted, clock.pending]).toEqual([true, true, 0]);
    }
  });

  test("is told of a stream that ends without saying so", async () => {
    const cut: LanguageModel = {
      ...scriptedBackend().languageModel("m"),
      doStream: async () => ({ stream: streamFrom([delta("one")]) }),
    };
    const backend: Backend = { ...scriptedBackend(), languageModel: () => cut };
    const { stream } = await createRuntime({ backends: [backend] })
      .model()
      .doStream(call);
    expect((await readAll(stream)).at(-1)).toMatchObject({ type: "error", error: { reason: "truncated" } });
  });

  test("gets nothing of a candidate that said nothing: what comes before an answer is held back", async () => {
    const parts: LanguageModelStreamPart[] = [
      { type: "stream-start", warnings: [{ type: "other", message: "of the first" }] },
      { type: "text-start", id: "0" },
      delta(""),
      { type: "error", error: { message: "overloaded", type: "overloaded_error" } },
    ];
    const broken: LanguageModel = {
      ...scriptedBackend().languageModel("m"),
      doStream: async () => ({ stream: streamFrom(parts) }),
    };
    const backends = [{ ...scriptedBackend({ id: "a" }), languageModel: () => broken }, scriptedBackend({ id: "b" })];
    const model = createRuntime({ backends, defaults: { policy: "ordered" } }).model();
    const all = await readAll((await model.doStream(call)).stream);
    expect(all[0]).toEqual({ type: "stream-start", warnings: [] });
    expect(all.at(-1)).toMatchObject({
      type: "finish",
      providerMetadata: {
        catenary: {
          backend: "b",
          route: { tried: [{ error: { reason: "overloaded", failure: "server_error" } }, {}] },
        },
      },
    });
  });

  test("gets what is more than anybody holds back", async () => {
    const raw = Array.from({ length: 70 }, (_, at): LanguageModelStreamPart => ({ type: "raw", rawValue: at }));
    const model: LanguageModel = {
      ...scriptedBackend().languageModel("m"),
      doStream: async () => ({ stream: streamFrom([...raw, delta("one"), finish]) }),
    };
    const backend: Backend = { ...scriptedBackend(), languageModel: () => model };
    const all = await readAll(
      (
        await createRuntime({ backends: [backend] })
          .model()
          .doStream(call)
      ).stream,
    );
    expect(all.filter(({ type }) => type === "raw")).toEqual(raw);
    expect(all.at(-1)?.type).toBe("finish");
  });
});
