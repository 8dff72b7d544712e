import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import type { LanguageModel, LanguageModelStreamPart } from "../src/model/contract.ts";
import { chainOf } from "./fixtures/chain-of.ts";
import { beginStream, delta } from "./fixtures/deaf-model.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";
import { call, slowFirst } from "./fixtures/slow-first.ts";

function streamFrom(parts: readonly LanguageModelStreamPart[]): ReadableStream<LanguageModelStreamPart> {
  return new ReadableStream<LanguageModelStreamPart>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
}

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 2, text: 2, reasoning: 0 },
};
const finish: LanguageModelStreamPart = { type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage };

describe("a stream that has begun and falls silent", () => {
  test("ends with one error, and nobody else goes on", async () => {
    const { clock, rest, model } = slowFirst([{ text: "one", hang: true }]);
    const { stream } = await model.doStream(call);
    const read = readAll(stream);
    await clock.advance(30_000);
    const parts = await read;
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { failure: "timeout", reason: "idle" } });
    expect(parts.filter(({ type }) => type === "error")).toHaveLength(1);
    expect([rest[0]?.calls.length, clock.pending]).toEqual([0, 0]);
  });

  test("ends, too, where only signs of life come", async () => {
    const { clock, deaf, stream } = await beginStream();
    const read = readAll(stream);
    for (let at = 0; at < 8; at++) {
      await clock.advance(10_000);
      deaf.push({ type: "ping" });
    }
    await clock.advance(10_000);
    expect((await read).at(-1)).toMatchObject({ type: "error", error: { reason: "idle" } });
    expect([deaf.isCancelled, deaf.signals[0]?.aborted, clock.pending]).toEqual([true, true, 0]);
  });

  test("is not at fault where its reader takes its time", async () => {
    const { clock, deaf, stream } = await beginStream({ selection: { deadline: "0" } });
    const reader = stream.getReader();
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
    const { clock, deaf, runtime, stream } = await beginStream({
      routing: { concurrency: 1, queueLength: 0 },
      selection: { deadline: "2m" },
    });
    const reader = stream.getReader();
    await reader.read();
    reader.releaseLock();
    await clock.advance(119_999);
    expect(await errorOf(runtime.prompt("Hi"))).toMatchObject({ reason: "overloaded" });
    await clock.advance(1);
    expect([deaf.isCancelled, clock.pending]).toEqual([true, 0]);
  });

  test("in a chain is an attempt that failed, so that another candidate gives the whole text where nobody has any", async () => {
    const { clock, runtime } = slowFirst([{ text: "one", hang: true, delayMs: 5 }]);
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
    const { clock, deaf, runtime, stream } = await beginStream();
    await stream.cancel("enough");
    expect([deaf.isCancelled, deaf.signals[0]?.aborted, clock.pending]).toEqual([true, true, 0]);
    await runtime.close();
  });

  test("gets the reason where the caller aborts, and where the runtime is closed", async () => {
    for (const end of ["abort", "close"] as const) {
      const aborter = new AbortController();
      const { clock, deaf, runtime, stream } = await beginStream({ signal: aborter.signal });
      const read = readAll(stream);
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
