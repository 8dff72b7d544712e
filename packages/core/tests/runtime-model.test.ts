import {
  createVirtualClock,
  type ScriptedBackendSettings,
  type ScriptedReply,
  scriptedBackend,
} from "@catenary/testing";
import { APICallError, embedMany, generateText, isStepCount, Output, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import type { LanguageModelCallOptions, LanguageModelStreamPart } from "../src/model/contract.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const DOWN: ScriptedReply = { error: { status: 503, message: "down" } };
const named = (id: string, replies: ScriptedBackendSettings["replies"], more: ScriptedBackendSettings = {}) =>
  scriptedBackend({ id, ...(replies !== undefined && { replies }), ...more });
const setUp = (backends: readonly Backend[], more: RuntimeOptions = {}) =>
  createRuntime({ backends, clock: createVirtualClock(), defaults: { policy: "ordered" }, ...more });
const ask = (more: Partial<LanguageModelCallOptions> = {}): LanguageModelCallOptions => ({
  prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
  ...more,
});
const partsOf = (stream: ReadableStream<LanguageModelStreamPart>) => readAll(stream);

describe("what the AI SDK asks before a call", () => {
  const silent: Backend = { ...scriptedBackend({ id: "silent" }), listModels: () => new Promise(() => {}) };
  const embeds = { models: [{ id: "e", capabilities: { embed: true } }] };

  test("waits for a backend that does not answer no longer than half a second, because nothing can abort it", async () => {
    const clock = createVirtualClock();
    const runtime = setUp([silent], { clock });
    const asked = [
      runtime.model().supportedUrls,
      runtime.embeddingModel().maxEmbeddingsPerCall,
      runtime.embeddingModel().supportsParallelCalls,
    ];
    await clock.advance(500);
    expect(await Promise.all(asked)).toEqual([{}, undefined, true]);
  });

  test("does not matter to a list of values that is longer than the model takes at once, as it turns out", async () => {
    const clock = createVirtualClock();
    const sizes: number[] = [];
    const few = scriptedBackend({ id: "few", clock, ...embeds });
    const backend: Backend = {
      ...few,
      listModels: async () => {
        await new Promise<void>((resolve) => void clock.setTimer(600, () => resolve()));
        return [{ id: "e", capabilities: { embed: true } }];
      },
      embeddingModel: (modelId) => ({
        specificationVersion: "v4",
        provider: "few",
        modelId,
        maxEmbeddingsPerCall: 2,
        supportsParallelCalls: true,
        doEmbed: async ({ values }) => {
          sizes.push(values.length);
          return {
            embeddings: values.map((value) => [value.length]),
            usage: { tokens: values.length },
            warnings: [{ type: "other", message: String(values.length) }],
          };
        },
      }),
    };
    const model = setUp([backend], { clock }).embeddingModel("e");
    const most = Promise.resolve(model.maxEmbeddingsPerCall);
    await clock.advance(500);
    expect(await most).toBeUndefined();
    const embedded = model.doEmbed({ values: ["a", "bb", "ccc", "dddd", "eeeee"] });
    await clock.advance(100);
    expect(await embedded).toMatchObject({
      embeddings: [[1], [2], [3], [4], [5]],
      usage: { tokens: 5 },
      warnings: [{ message: "2" }, { message: "2" }, { message: "1" }],
    });
    expect(sizes).toEqual([2, 2, 1]);
  });
});

describe("runtime.model() under the AI SDK", () => {
  test("generates, and says who answered, though the first candidate failed", async () => {
    const runtime = setUp([named("a", [DOWN]), named("b", ["fine"])]);
    const { text, response, finalStep } = await generateText({ model: runtime.model(), prompt: "Hi" });
    expect([text, response.modelId]).toEqual(["fine", "scripted"]);
    expect(finalStep.providerMetadata?.catenary).toMatchObject({
      backend: "b",
      model: "scripted",
      route: { policy: "ordered", tried: [{ backend: "a", status: 503 }, { backend: "b" }] },
    });
  });

  test("streams, and another candidate takes over where the first fails before its answer", async () => {
    const runtime = setUp([named("a", [{ text: "never said", error: { afterChunks: 0 } }]), named("b", ["one two"])]);
    const { text, finalStep } = streamText({ model: runtime.model(), prompt: "Hi" });
    expect(await text).toBe("one two");
    expect((await finalStep).providerMetadata?.catenary).toMatchObject({
      backend: "b",
      route: {
        tried: [
          { backend: "a", error: { code: "model_failed" } },
          { backend: "b", committed: true },
        ],
      },
    });
  });

  test("goes on with the results of tools, call by call", async () => {
    const backend = named("a", [{ toolCalls: [{ name: "weather", args: { city: "Oslo" } }] }, "31 degrees"]);
    const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: async ({ city }) => `${city}: 31` });
    const model = setUp([backend]).model("scripted");
    const { text } = await generateText({ model, prompt: "Oslo?", tools: { weather }, stopWhen: isStepCount(2) });
    expect(text).toBe("31 degrees");
    expect(JSON.stringify(backend.calls[1]?.options)).toContain("Oslo: 31");
  });

  test("gives an object of a model that can be held to a schema, and of no other", async () => {
    const output = Output.object({ schema: z.object({ verdict: z.enum(["yes", "no"]) }) });
    const models = [{ id: "m", capabilities: { structuredOutput: true } }];
    const runtime = setUp([named("plain", []), named("strict", ['{"verdict":"yes"}'], { models })]);
    expect((await generateText({ model: runtime.model(), prompt: "Wet?", output })).output).toEqual({ verdict: "yes" });
    const without = setUp([named("plain", [])]).model();
    expect(await errorOf(generateText({ model: without, prompt: "Wet?", output }))).toMatchObject({
      code: "no_candidate",
    });
  });

  test("embeds many values at once, elsewhere where one backend fails", async () => {
    const models = [{ id: "e", capabilities: { embed: true } }];
    const a = named("a", [{ error: { status: 500 } }], { models });
    const b = named("b", [{ embeddings: [[1], [2]] }], { models });
    const { embeddings } = await embedMany({ model: setUp([a, b]).embeddingModel(), values: ["x", "y"] });
    expect(embeddings).toEqual([[1], [2]]);
  });

  test("is not tried again by the AI SDK where it has tried all that it may", async () => {
    const backends = ["a", "b", "c", "d"].map((id) => named(id, Array(9).fill(DOWN)));
    const error = await errorOf(generateText({ model: setUp(backends).model(), prompt: "Hi", maxRetries: 5 }));
    expect(APICallError.isInstance(error)).toBe(false);
    expect(backends.map(({ calls }) => calls.length)).toEqual([1, 1, 1, 0]);
    expect(error).toMatchObject({ failure: "server_error", details: { attempts: [{ backend: "a" }, {}, {}] } });
  });

  test("ends a stream that fails in the middle with one error and no other model's words", async () => {
    const a = named("a", [{ text: "one two three", error: { status: 500, afterChunks: 2 } }]);
    const b = named("b", ["other"]);
    const seen: string[] = [];
    const told: unknown[] = [];
    const onError = ({ error }: { error: unknown }) => void told.push(error);
    const { textStream } = streamText({ model: setUp([a, b]).model(), prompt: "Hi", onError });
    for await (const piece of textStream) seen.push(piece);
    expect(seen.join("")).toBe("one two");
    expect(told).toMatchObject([{ code: "model_failed", failure: "server_error" }]);
    expect(b.calls).toEqual([]);
  });
});

describe("a stream that its provider calls interrupted", () => {
  const interrupted = { text: "one two", finishReason: "interrupted" } as const;

  test("ends with an error, because what came may be half an answer", async () => {
    const runtime = setUp([named("a", [interrupted]), named("b", ["fine"])]);
    const { stream } = await runtime.model().doStream(ask());
    const parts = await partsOf(stream);
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { failure: "network", reason: "truncated" } });
    expect(parts.filter(({ type }) => type === "finish" || type === "error")).toHaveLength(1);
  });

  test("is another candidate's to answer where nothing came", async () => {
    const runtime = setUp([named("a", [{ ...interrupted, text: "" }]), named("b", ["fine"])]);
    expect(await streamText({ model: runtime.model(), prompt: "Hi" }).text).toBe("fine");
  });
});

describe("a call of runtime.model()", () => {
  test("passes everything on as it came, but for the signal", async () => {
    const backend = named("a", ["one", "two"], {
      models: [{ id: "m", capabilities: { tools: true, vision: true, structuredOutput: true } }],
    });
    const call = ask({
      prompt: [
        {
          role: "user",
          content: [{ type: "file", mediaType: "image/png", data: { type: "data", data: new Uint8Array([1]) } }],
        },
      ],
      tools: [{ type: "provider", id: "openai.search", name: "search", args: {} }],
      toolChoice: { type: "auto" },
      responseFormat: { type: "json", schema: { type: "object" } },
      headers: { "x-trace": "1" },
      providerOptions: { openai: { store: false } },
      includeRawChunks: true,
      reasoning: "low",
      maxOutputTokens: 9,
      temperature: 0,
      topK: 3,
    });
    const model = setUp([backend]).model();
    await model.doGenerate(call);
    await partsOf((await model.doStream(call)).stream);
    for (const { options } of backend.calls) {
      const { abortSignal, ...rest } = options;
      expect(rest).toEqual(call);
      expect(abortSignal).toBeInstanceOf(AbortSignal);
    }
  });

  test.each<readonly [string, Partial<LanguageModelCallOptions>, object]>([
    ["tools", { tools: [{ type: "function", name: "f", inputSchema: {} }] }, { tools: false }],
    ["a schema", { responseFormat: { type: "json", schema: {} } }, {}],
    [
      "an image",
      {
        prompt: [
          {
            role: "user",
            content: [{ type: "file", mediaType: "image/*", data: { type: "url", url: new URL("https://x.test") } }],
          },
        ],
      },
      { vision: false },
    ],
  ])("with %s goes to a model that can", async (_name, options, lacking) => {
    const cannot = named("a", [], { models: [{ id: "m", capabilities: lacking }] });
    const can = named("b", ["fine"], {
      models: [{ id: "m", capabilities: { tools: true, vision: true, structuredOutput: true } }],
    });
    await setUp([cannot, can]).model("m").doGenerate(ask(options));
    expect([cannot.calls.length, can.calls.length]).toEqual([0, 1]);
  });

  test("that is long goes to a model whose context holds it and its answer", async () => {
    const small = named("a", [], { models: [{ id: "m", contextLength: 4096 }] });
    const large = named("b", ["fine", "fine"], { models: [{ id: "m", contextLength: 32_000 }] });
    const model = setUp([small, large]).model("m");
    await model.doGenerate(ask({ prompt: [{ role: "system", content: "word ".repeat(4000) }] }));
    await model.doGenerate(ask({ maxOutputTokens: 8000 }));
    expect([small.calls.length, large.calls.length]).toEqual([0, 2]);
  });

  test("goes where the selection says", async () => {
    const [a, b, c] = [named("a", []), named("b", [], { type: "other" }), named("c", [], { models: ["m"] })];
    const runtime = setUp([a, b, c], { groups: [{ id: "g", backends: ["c"] }] });
    await runtime.model({ provider: "other" }).doGenerate(ask());
    await runtime.model({ models: ["m"] }).doGenerate(ask());
    await runtime.model({ group: "g" }).doGenerate(ask());
    expect([a, b, c].map(({ calls }) => calls.length)).toEqual([0, 1, 2]);
    const left = await errorOf(runtime.model({ group: "g", model: "scripted" }).doGenerate(ask()));
    expect(left).toMatchObject({ code: "no_candidate" });
  });

  test("tries as many candidates as the selection says, until its deadline", async () => {
    const clock = createVirtualClock();
    const [a, b] = [named("a", [DOWN, { hang: true }], { clock }), named("b", [])];
    const runtime = setUp([a, b], { clock });
    expect(await errorOf(runtime.model({ attempts: 1 }).doGenerate(ask()))).toMatchObject({
      details: { backend: "a" },
    });
    const late = errorOf(runtime.model({ deadline: "5s" }).doGenerate(ask()));
    await clock.advance(5000);
    expect(await late).toMatchObject({ code: "deadline_exceeded" });
    expect([b.calls.length, clock.pending]).toEqual([0, 0]);
  });

  test.each<readonly [unknown, string]>([
    ["", "got an empty text"],
    [7, "got a number"],
    [["m"], "got an array"],
    [{ attempts: 0 }, "attempts is"],
    [{ deadline: "soon" }, "deadline is a duration"],
    [{ models: "m" }, "the option models"],
    [{ group: 7 }, "group is"],
  ])("is refused at once where the selection is %j", (selection, message) => {
    const runtime = setUp([]);
    // Safe: the point is a caller who writes JavaScript.
    const given = selection as string;
    expect(() => runtime.model(given)).toThrow(message);
    expect(() => runtime.embeddingModel(given)).toThrow(message);
  });

  test("is not begun in a runtime that was closed", async () => {
    const runtime = setUp([named("a", [])]);
    const model = runtime.model();
    await runtime.close();
    expect(await errorOf(Promise.resolve(model.doGenerate(ask())))).toMatchObject({ code: "runtime_closed" });
  });
});
