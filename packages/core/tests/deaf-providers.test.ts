import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend, BackendModel } from "../src/model/backend.ts";
import type { BackendRouting } from "../src/model/backend-routing.ts";
import type { LanguageModelResult, LanguageModelStreamPart } from "../src/model/contract.ts";
import { chainOf } from "./fixtures/chain-of.ts";

/** A backend whose models know no signal and write for ever, a piece whenever one is asked for. */
function deafBackend() {
  const backend = scriptedBackend();
  const seen: { pulls: number; cancelled?: unknown } = { pulls: 0 };
  const { languageModel } = backend;
  backend.languageModel = (id) => {
    const model = languageModel.call(backend, id);
    model.doStream = async () => ({
      stream: new ReadableStream<LanguageModelStreamPart>({
        async pull(controller) {
          seen.pulls++;
          // A turn of the host for each piece, so that others have theirs.
          await new Promise((resolve) => setTimeout(resolve, 0));
          controller.enqueue({ type: "text-delta", id: "0", delta: "more " });
        },
        cancel(reason) {
          seen.cancelled = reason;
        },
      }),
    });
    return model;
  };
  return { backend, seen };
}

/** Whether pulling has come to its end. One piece may have been under way. */
async function isLeftAlone(seen: { readonly pulls: number }): Promise<boolean> {
  const { pulls } = seen;
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  return seen.pulls === pulls;
}

test("a cancelled run leaves the stream of a provider that ignores its signal", async () => {
  const { backend, seen } = deafBackend();
  await using runtime = createRuntime({ backends: [backend] });
  const run = runtime.start(chainOf({ handler: "raw_string" }), "Hi");
  for await (const piece of run.textStream) {
    expect(piece).toContain("more");
    break;
  }
  run.cancel("enough");
  expect((await run.result()).status).toBe("cancelled");
  expect(await isLeftAlone(seen)).toBe(true);
  expect(seen.cancelled).toMatchObject({ code: "run_cancelled" });
});

test("a task whose time is up leaves the stream of a provider that ignores its signal", async () => {
  const { backend, seen } = deafBackend();
  const clock = createVirtualClock();
  const runtime = createRuntime({ backends: [backend], clock });
  const run = runtime.start(chainOf({ handler: "raw_string", timeout: "2s" }), "Hi");
  const reader = run.textStream[Symbol.asyncIterator]();
  await reader.next();
  await clock.advance(2_000);
  expect(await run.result()).toMatchObject({ status: "failed", error: { failure: "timeout" } });
  expect(await isLeftAlone(seen)).toBe(true);
  expect(seen.cancelled).toMatchObject({ code: "task_timeout" });
});

test("a call that is aborted while its provider is being asked ends, though that one ignores its signal", async () => {
  const aborter = new AbortController();
  const backend = scriptedBackend();
  const { languageModel } = backend;
  backend.languageModel = (id) => ({
    ...languageModel.call(backend, id),
    doGenerate: () => {
      aborter.abort(new Error("enough"));
      return new Promise(() => {});
    },
  });
  const runtime = createRuntime({ backends: [backend] });
  await expect(runtime.prompt("Hi", { signal: aborter.signal })).rejects.toThrow("enough");
});

describe("a provider that ignores its signal and answers while another has the call", () => {
  const usageOf = (tokens: number) => ({
    inputTokens: { total: tokens, noCache: tokens, cacheRead: 0, cacheWrite: 0 },
    outputTokens: { total: tokens, text: tokens, reasoning: 0 },
  });
  const finish = (tokens: number) =>
    ({
      finishReason: { unified: "stop", raw: "stop" },
      usage: usageOf(tokens),
    }) as const satisfies Partial<LanguageModelResult>;

  /** The first is given up after 100 ms and answers after 300; the second answers after 600, or fails then; the third at once. */
  function setUp(capabilities: BackendModel["capabilities"] = {}, secondFails = false) {
    const clock = createVirtualClock();
    const after = (delayMs: number) => new Promise<void>((resolve) => void clock.setTimer(delayMs, () => resolve()));
    const deaf = (id: string, delayMs: number, tokens: number, routing: BackendRouting, fails = false): Backend => {
      const answer = async () => {
        await after(delayMs);
        if (fails) throw Object.assign(new Error("it broke"), { statusCode: 500 });
      };
      const scripted = scriptedBackend({ id, clock });
      return {
        ...scripted,
        routing,
        listModels: async () => [{ id: "m", capabilities }],
        languageModel: (modelId) => ({
          ...scripted.languageModel(modelId),
          doGenerate: async () => {
            await answer();
            return { content: [{ type: "text", text: `[${id}]` }], warnings: [], ...finish(tokens) };
          },
          doStream: async () => {
            await answer();
            const parts: LanguageModelStreamPart[] = [
              { type: "text-delta", id: "0", delta: `[${id}]` },
              { type: "finish", ...finish(tokens) },
            ];
            return { stream: streamOf(parts) };
          },
        }),
        embeddingModel: (modelId) => ({
          specificationVersion: "v4",
          provider: "deaf",
          modelId,
          maxEmbeddingsPerCall: 1,
          supportsParallelCalls: true,
          doEmbed: async () => {
            await answer();
            return { embeddings: [[tokens]], usage: { tokens }, warnings: [] };
          },
        }),
      };
    };
    const patience = { answerTimeoutMs: 100, firstTokenTimeoutMs: 100 };
    const runtime = createRuntime({
      clock,
      backends: [deaf("slow", 300, 999, patience), deaf("second", 600, 2, {}, secondFails), deaf("third", 0, 3, {})],
      defaults: { policy: "ordered" },
    });
    return { clock, runtime };
  }

  const streamOf = (parts: readonly LanguageModelStreamPart[]) =>
    new ReadableStream<LanguageModelStreamPart>({
      start(controller) {
        for (const part of parts) controller.enqueue(part);
        controller.close();
      },
    });

  test.each([
    ["in one piece", { stream: false }],
    ["with a stream", {}],
  ])("%s reaches no reader", async (_how, capabilities) => {
    const { clock, runtime } = setUp(capabilities);
    const run = runtime.start(chainOf({ handler: "raw_string" }), "Hi");
    const read = (async () => {
      let text = "";
      for await (const piece of run.textStream) text += piece;
      return text;
    })();
    await clock.advance(1_000);
    expect(await read).toBe("[second]");
    expect(await run.result()).toMatchObject({ output: "[second]", steps: [{ usage: { inputTokens: 2 } }] });
  });

  test("has its tokens counted for nobody else", async () => {
    const tried = [
      { backend: "slow", error: { reason: "first_token" } },
      { backend: "second", error: { failure: "server_error" } },
      { backend: "third", usage: { inputTokens: 3 } },
    ];
    const call = { prompt: [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }] };
    const embeds = { embed: true, chat: true };
    for (const ask of ["prompt", "embed", "model"] as const) {
      const { clock, runtime } = setUp(embeds, true);
      const route =
        ask === "model"
          ? runtime
              .model()
              .doGenerate(call)
              .then((answer) => answer.providerMetadata?.catenary?.route)
          : runtime[ask]("Hi").then((answer) => answer.route);
      await clock.advance(1_000);
      const told = JSON.parse(JSON.stringify(await route));
      expect(told).toMatchObject({ tried });
      expect(told.tried.slice(0, 2).map((one: object) => "usage" in one)).toEqual([false, false]);
    }
  });

  test("and its stream is left where it comes at last", async () => {
    const { clock, runtime } = setUp();
    const streamed = runtime.model().doStream({ prompt: [] });
    await clock.advance(1_000);
    let text = "";
    for await (const part of (await streamed).stream) if (part.type === "text-delta") text += part.delta;
    expect(text).toBe("[second]");
    expect(clock.pending).toBe(0);
  });
});
