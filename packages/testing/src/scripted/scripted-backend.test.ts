import { APICallError } from "@ai-sdk/provider";
import type { LanguageModelStreamPart } from "@catenary/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readAll } from "../../../core/tests/fixtures/read-all.ts";
import { ask } from "../../tests/ask.ts";
import { joinText } from "../../tests/join-text.ts";
import { createVirtualClock } from "../virtual-clock.ts";
import { scriptedBackend } from "./scripted-backend.ts";
import type { ScriptedReply } from "./scripted-reply.ts";

function one(reply: ScriptedReply) {
  return scriptedBackend({ replies: [reply] }).languageModel("m");
}

describe("a scripted language model", () => {
  test("gives its replies in order, then echoes", async () => {
    const backend = scriptedBackend({ replies: ["one", { text: "two" }, (call) => `three: ${call.text}`] });
    const model = backend.languageModel("m");
    const texts: unknown[] = [];
    for (const text of ["a", "b", "c", "d"]) texts.push((await model.doGenerate(ask(text))).content);
    expect(texts).toEqual(["one", "two", "three: c", "echo: d"].map((text) => [{ type: "text", text }]));
  });

  test("answers all calls from one function", async () => {
    const model = scriptedBackend({ replies: ({ text }) => text.toUpperCase() }).languageModel("m");
    expect((await model.doGenerate(ask("a"))).content).toEqual([{ type: "text", text: "A" }]);
    expect((await model.doGenerate(ask("b"))).content).toEqual([{ type: "text", text: "B" }]);
  });

  test("streams the same text that it generates, however it is split", async () => {
    const text = fc.string({ unit: fc.constantFrom("a", "ß", " ", "\n", "🙂"), maxLength: 40 });
    const chunks = fc.oneof(fc.constant(undefined), fc.integer({ min: 1, max: 7 }), fc.array(fc.string()));
    await fc.assert(
      fc.asyncProperty(text, chunks, async (text, chunks) => {
        const reply = chunks === undefined ? { text } : { text, chunks };
        const generated = (await one(reply).doGenerate(ask("x"))).content;
        const parts = await readAll((await one(reply).doStream(ask("x"))).stream);
        expect(joinText(parts)).toBe(generated.map((part) => (part.type === "text" ? part.text : "")).join(""));
        expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "stop" } });
      }),
      { numRuns: 60 },
    );
  });

  test("opens and closes the text around its deltas", async () => {
    const parts = await readAll((await one({ chunks: ["Hel", "lo"] }).doStream(ask("x"))).stream);
    expect(parts.map((part) => part.type)).toEqual([
      "stream-start",
      "response-metadata",
      "text-start",
      "text-delta",
      "text-delta",
      "text-end",
      "finish",
    ]);
  });

  test("calls tools in both ways", async () => {
    const reply = {
      toolCalls: [
        { name: "weather", args: { city: "Oslo" } },
        { id: "x", name: "time", args: "{" },
      ],
    };
    const expected = [
      { type: "tool-call", toolCallId: "call-1", toolName: "weather", input: '{"city":"Oslo"}' },
      { type: "tool-call", toolCallId: "x", toolName: "time", input: "{" },
    ];
    const generated = await one(reply).doGenerate(ask("x"));
    expect(generated.content).toEqual(expected);
    expect(generated.finishReason.unified).toBe("tool-calls");
    const parts = await readAll((await one(reply).doStream(ask("x"))).stream);
    expect(parts.filter((part) => part.type === "tool-call")).toEqual(expected);
  });

  test("tells reasoning, finish reason and usage as the script says", async () => {
    const reply = {
      reasoning: "hm",
      text: "cut",
      finishReason: "length",
      usage: { inputTokens: 7, outputTokens: 9 },
    } as const;
    const { content, finishReason, usage } = await one(reply).doGenerate(ask("x"));
    expect(content[0]).toEqual({ type: "reasoning", text: "hm" });
    expect(finishReason.unified).toBe("length");
    expect([usage.inputTokens.total, usage.outputTokens.total]).toEqual([7, 9]);
  });

  test("fails as a provider fails", async () => {
    const failure = one({ error: { status: 429, message: "slow down", retryAfterMs: 1500 } }).doGenerate(ask("x"));
    await expect(failure).rejects.toSatisfy(APICallError.isInstance);
    await expect(failure).rejects.toMatchObject({
      statusCode: 429,
      message: "slow down",
      isRetryable: true,
      responseHeaders: { "retry-after-ms": "1500", "retry-after": "2" },
    });
    await expect(one({ error: { status: 401 } }).doStream(ask("x"))).rejects.toMatchObject({ isRetryable: false });
    await expect(one({ error: {} }).doGenerate(ask("x"))).rejects.toMatchObject({
      statusCode: undefined,
      isRetryable: true,
    });
  });

  test("fails in the middle of a stream with an error part and a finish", async () => {
    const model = one({ text: "one two three", error: { status: 503, afterChunks: 2 } });
    const parts = await readAll((await model.doStream(ask("x"))).stream);
    expect(joinText(parts)).toBe("one two");
    expect(parts.slice(-2)).toMatchObject([
      { type: "error", error: { statusCode: 503 } },
      { type: "finish", finishReason: { unified: "error" } },
    ]);
  });

  test("waits by the given clock, and stops waiting when it is aborted", async () => {
    const clock = createVirtualClock();
    const backend = scriptedBackend({
      clock,
      replies: [
        { text: "late", delayMs: 50 },
        { text: "never", delayMs: 50 },
      ],
    });
    const model = backend.languageModel("m");
    let text: unknown;
    const first = Promise.resolve(model.doGenerate(ask("x"))).then((result) => (text = result.content));
    await clock.advance(49);
    expect(text).toBeUndefined();
    await clock.advance(1);
    await first;
    expect(text).toEqual([{ type: "text", text: "late" }]);

    const controller = new AbortController();
    const second = model.doGenerate(ask("x", { abortSignal: controller.signal }));
    await clock.advance(1);
    controller.abort("stop");
    await expect(second).rejects.toBe("stop");
    expect(clock.pending).toBe(0);
  });

  test("spaces the chunks of a stream by the clock", async () => {
    const clock = createVirtualClock();
    const backend = scriptedBackend({ clock, replies: [{ chunks: ["a", "b", "c"], chunkDelayMs: 10 }] });
    const { stream } = await backend.languageModel("m").doStream(ask("x"));
    const reading = readAll(stream);
    await clock.runAll();
    expect(joinText(await reading)).toBe("abc");
    expect(clock.now()).toBe(20);
  });

  test("hangs until it is aborted", async () => {
    for (const method of ["doGenerate", "doStream"] as const) {
      const controller = new AbortController();
      const call = one({ hang: true })[method](ask("x", { abortSignal: controller.signal }));
      controller.abort("stop");
      await expect(call).rejects.toBe("stop");
    }
  });

  test("hangs after its text, and the reader sees the abort", async () => {
    const controller = new AbortController();
    const { stream } = await one({ text: "so far", hang: true }).doStream(ask("x", { abortSignal: controller.signal }));
    const reader = stream.getReader();
    const seen: LanguageModelStreamPart[] = [];
    while (joinText(seen) !== "so far") {
      const { value } = await reader.read();
      if (value !== undefined) seen.push(value);
    }
    const last = reader.read();
    controller.abort("stop");
    await expect(last).rejects.toBe("stop");
  });

  test("stops waiting when the reader goes away", async () => {
    const clock = createVirtualClock();
    const backend = scriptedBackend({ clock, replies: [{ chunks: ["a", "b"], chunkDelayMs: 10 }] });
    const { stream } = await backend.languageModel("m").doStream(ask("x"));
    const reader = stream.getReader();
    while ((await reader.read()).value?.type !== "text-delta");
    const pending = reader.read();
    await clock.advance(0);
    expect(clock.pending).toBe(1);
    await reader.cancel("bored");
    await pending;
    expect(clock.pending).toBe(0);
  });
});

describe("a scripted embedding model", () => {
  const embed = (backend: ReturnType<typeof scriptedBackend>, ...values: string[]) =>
    backend.embeddingModel("e").doEmbed({ values });

  test("gives the script's vectors", async () => {
    const backend = scriptedBackend({ replies: [{ embedding: [1, 0] }, { embeddings: [[1], [2]] }] });
    expect((await embed(backend, "a", "b")).embeddings).toEqual([
      [1, 0],
      [1, 0],
    ]);
    expect((await embed(backend, "a", "b")).embeddings).toEqual([[1], [2]]);
  });

  test("gives the same small vector for the same text", async () => {
    const { embeddings } = await embed(scriptedBackend(), "a", "b", "a", "");
    expect(embeddings[0]).toEqual(embeddings[2]);
    expect(embeddings[0]).not.toEqual(embeddings[1]);
    for (const vector of embeddings) expect(Math.hypot(...vector)).toBeCloseTo(1);
  });

  test("takes the first reply that fits, and so does a chat", async () => {
    const backend = scriptedBackend({ replies: ["chat", { embedding: [3] }] });
    expect((await embed(backend, "a")).embeddings).toEqual([[3]]);
    expect((await backend.languageModel("m").doGenerate(ask("x"))).content).toEqual([{ type: "text", text: "chat" }]);
    backend.assertExhausted();
  });

  test("says so where a vector is missing", async () => {
    await expect(embed(scriptedBackend({ replies: [{ embeddings: [[1]] }] }), "a", "b")).rejects.toMatchObject({
      code: "script_mismatch",
    });
  });
});

describe("what a scripted backend remembers", () => {
  test("every call, with what was asked", async () => {
    const backend = scriptedBackend({ id: "b", type: "t" });
    const tools = [{ type: "function" as const, name: "f", inputSchema: { type: "object" as const } }];
    await backend
      .languageModel("m")
      .doGenerate(ask("hello", { temperature: 0.5, tools, responseFormat: { type: "json" } }));
    await backend.languageModel("m").doStream(ask("again"));
    await backend.embeddingModel("e").doEmbed({ values: ["v", "w"] });
    expect(backend.calls).toMatchObject([
      {
        kind: "generate",
        model: "m",
        text: "hello",
        tools,
        responseFormat: { type: "json" },
        options: { temperature: 0.5 },
      },
      { kind: "stream", text: "again" },
      { kind: "embed", model: "e", text: "v\nw", values: ["v", "w"] },
    ]);
    backend.expectCalls(3);
    backend.expectCalls([{ text: /hell/g }, { kind: "stream", text: "aga" }, { model: "e" }]);
    expect(() => backend.expectCalls([{ text: "hello" }, { kind: "embed" }])).toThrow(
      /3 calls came, not 2; call 2 has kind "stream", not "embed"/,
    );
    expect(() => backend.expectCalls([{ model: "x" }, { text: "z" }, {}])).toThrow(/model "m", not "x".*without "z"/);
  });

  test("what was never asked for", () => {
    const backend = scriptedBackend({ id: "b", replies: ["left"] });
    backend.reply({ error: { status: 500 } });
    expect(() => backend.assertExhausted()).toThrow(
      'scripted backend "b": 2 scripted replies were never asked for: "left", {"error":{"status":500}}. Calls: none.',
    );
  });

  test("a failed call too", async () => {
    const backend = scriptedBackend({ replies: [{ error: { status: 500 } }] });
    await expect(backend.languageModel("m").doGenerate(ask("x"))).rejects.toThrow("The script answers 500.");
    backend.expectCalls([{ text: "x" }]);
  });
});

describe("what a scripted backend lists", () => {
  test("names, models and whatever a function says", async () => {
    const embedder = { id: "e", capabilities: { embed: true, chat: false } };
    expect(await scriptedBackend({ models: ["m", embedder] }).listModels()).toEqual([
      { id: "m", capabilities: { chat: true, prompt: true, embed: true, stream: true, tools: true } },
      embedder,
    ]);
    const broken = scriptedBackend({
      models: () => {
        throw new Error("down");
      },
    });
    await expect(broken.listModels()).rejects.toThrow("down");
    await expect(scriptedBackend().listModels({ signal: AbortSignal.abort("late") })).rejects.toBe("late");
  });
});
