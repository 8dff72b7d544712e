import { inspect } from "node:util";
import type { LanguageModelCallOptions, LanguageModelStreamPart } from "@catenary/core";
import { createFakeOllama, type FakeOllama } from "@catenary/testing";
import { describe, expect, it, vi } from "vitest";
import { readAll } from "../../core/tests/fixtures/read-all.ts";
import { CUT_ANSWER, expectSameWhereverCut } from "../../testing/tests/expect-same-wherever-cut.ts";
import { question } from "../tests/sent-by.ts";
import { ollama } from "./ollama.ts";
import type { OllamaSettings } from "./settings.ts";

const modelOn = (fake: FakeOllama, settings: OllamaSettings = {}) =>
  ollama({ fetch: fake, ...settings }).languageModel("llama3.2");

async function partsOf(
  fake: FakeOllama,
  call: Partial<LanguageModelCallOptions> = {},
): Promise<LanguageModelStreamPart[]> {
  const { stream } = await modelOn(fake).doStream({ prompt: question("hi"), ...call });
  return readAll(stream);
}

describe("what comes of an answer", () => {
  it("reports the body that really went out", async () => {
    const fake = createFakeOllama();
    const { request } = await modelOn(fake).doGenerate({ prompt: question("hi"), seed: 7 });
    expect(request?.body).toBe(fake.requests.at(-1)?.text);
  });

  it("tells apart an end and a cut", async () => {
    const fake = createFakeOllama();
    fake.reply("one two three four", "one two three four");
    const whole = await modelOn(fake).doGenerate({ prompt: question("count") });
    expect(whole.finishReason).toEqual({ unified: "stop", raw: "stop" });
    const cut = await modelOn(fake).doGenerate({ prompt: question("count"), maxOutputTokens: 2 });
    expect(cut.finishReason).toEqual({ unified: "length", raw: "length" });
    expect(cut.content).toEqual([{ type: "text", text: "one two" }]);
  });

  it("tells an answer that the server has ended with an error", async () => {
    const fake = createFakeOllama({ answer: () => ({ content: "boom", doneReason: "error" }) });
    const { finishReason } = await modelOn(fake).doGenerate({ prompt: question("hi") });
    expect(finishReason).toEqual({ unified: "error", raw: "error" });
    const parts = await readAll((await modelOn(fake).doStream({ prompt: question("hi") })).stream);
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "error" } });
  });

  it("takes an answer that says only what matters", async () => {
    const call = { function: { name: "add", arguments: { a: 1 } } };
    const lines = [{ message: { role: "assistant", tool_calls: [call] }, done: true, done_reason: "stop" }];
    const fetch = async () => new Response(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const model = ollama({ fetch }).languageModel("llama3.2");
    const expected = expect.objectContaining({ type: "tool-call", toolName: "add", input: '{"a":1}' });
    expect((await model.doGenerate({ prompt: question("hi") })).content).toEqual([expected]);
    expect(await readAll((await model.doStream({ prompt: question("hi") })).stream)).toContainEqual(expected);
  });

  it("keeps thoughts out of the words", async () => {
    const fake = createFakeOllama({ models: [{ name: "llama3.2", capabilities: ["completion", "thinking"] }] });
    const answer = { thinking: "Let me see.", content: "Four." };
    fake.reply(answer, answer);
    const { content } = await modelOn(fake).doGenerate({ prompt: question("2+2?"), reasoning: "low" });
    expect(content).toEqual([
      { type: "text", text: "Four." },
      { type: "reasoning", text: "Let me see." },
    ]);
    const parts = await partsOf(fake, { reasoning: "low" });
    expect(parts.filter((part) => part.type === "text-delta")).toMatchObject([{ delta: "Four." }]);
    expect(parts.filter((part) => part.type === "reasoning-delta")).toMatchObject([{ delta: "Let me see." }]);
  });

  it("streams no empty deltas, and none after the end of their text", async () => {
    const fake = createFakeOllama();
    fake.reply({ chunks: ["", "a", "", " b"] });
    const types = (await partsOf(fake)).map((part) => part.type);
    expect(types).toEqual([
      "stream-start",
      "response-metadata",
      "text-start",
      "text-delta",
      "text-delta",
      "text-end",
      "finish",
    ]);
  });

  it("streams the same parts wherever the network cuts them, also inside a character", async () => {
    const server = createFakeOllama();
    server.reply(CUT_ANSWER);
    await expectSameWhereverCut({ server, model: (fetch) => ollama({ fetch }).languageModel("llama3.2") });
  });

  it("streams no text where the model only calls a tool", async () => {
    const fake = createFakeOllama();
    fake.reply({ toolCalls: [{ id: "c1", name: "look_up", arguments: { city: "Oslo" } }] });
    const parts = await partsOf(fake);
    expect(parts.some((part) => part.type.startsWith("text"))).toBe(false);
    expect(parts.find((part) => part.type === "tool-call")).toMatchObject({
      toolCallId: "c1",
      input: '{"city":"Oslo"}',
    });
  });

  it("passes on a warning at the start of a stream", async () => {
    const tools = [{ type: "function" as const, name: "a", inputSchema: { type: "object" as const } }];
    const [start] = await partsOf(createFakeOllama(), { tools, toolChoice: { type: "required" } });
    expect(start).toMatchObject({ type: "stream-start", warnings: [{ feature: "toolChoice" }] });
  });

  it("tells an error in the middle of a stream as its last part, after the words before it", async () => {
    const fake = createFakeOllama();
    fake.reply({ content: "one two", error: "the model runner has unexpectedly stopped" });
    const parts = await partsOf(fake);
    expect(parts.filter((part) => part.type === "text-delta").map((part) => part.delta)).toEqual(["one", " two"]);
    expect(parts.at(-1)).toMatchObject({
      type: "error",
      error: { code: "model_failed", failure: "server_error", details: { backend: "ollama", model: "llama3.2" } },
    });
    const errors = parts.map((part) => (part.type === "error" ? String(part.error) : ""));
    expect(errors.join("")).toContain("the model runner has unexpectedly stopped");
  });

  it("does not take a stream without its last line for a whole one", async () => {
    const line =
      '{"model":"m","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"one"},"done":false}\n';
    const fetch = async () => new Response(line, { headers: { "content-type": "application/x-ndjson" } });
    const { stream } = await ollama({ fetch })
      .languageModel("m")
      .doStream({ prompt: question("hi") });
    const parts = await readAll(stream);
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { failure: "network" } });
  });

  it("prints nothing when a reader leaves in the middle, wherever the provider is in its reading", async () => {
    const warn = vi.spyOn(console, "warn");
    const fake = createFakeOllama({ answer: () => "many words ".repeat(20) });
    for (let turns = 0; turns < 60; turns++) {
      const { stream } = await modelOn(fake).doStream({ prompt: question("hi") });
      const reader = stream.getReader();
      await reader.read();
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      await reader.cancel();
      expect(await reader.read()).toEqual({ done: true, value: undefined });
    }
    expect(warn).not.toHaveBeenCalled();
  });

  it("lets the server know when a reader leaves", async () => {
    const gone = Promise.withResolvers<string>();
    const body = new ReadableStream<Uint8Array>({ cancel: () => gone.resolve("gone") });
    const fetch = async () => new Response(body, { headers: { "content-type": "application/x-ndjson" } });
    const { stream } = await ollama({ fetch })
      .languageModel("m")
      .doStream({ prompt: question("hi") });
    await stream.cancel();
    expect(await gone.promise).toBe("gone");
  });

  it("calls a body that breaks off a failure of the network, also where it was to come at once", async () => {
    const fake = createFakeOllama();
    fake.faults.next({ kind: "cut", afterBytes: 10 });
    const call = modelOn(fake).doGenerate({ prompt: question("hi") });
    await expect(call).rejects.toMatchObject({ code: "model_failed", failure: "network" });
  });

  it.each([
    ["a page", "<html>Please log in</html>"],
    ["another object", '{"hello":"there"}'],
    [
      "a call whose arguments are text",
      '{"done":false,"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":"{}"}}]}}',
    ],
  ])("says that %s cannot be used, at once and in a stream", async (_name, text) => {
    const warn = vi.spyOn(console, "warn");
    const model = ollama({ fetch: async () => new Response(text) }).languageModel("m");
    await expect(model.doGenerate({ prompt: question("hi") })).rejects.toMatchObject({ failure: "reply" });
    const { stream } = await model.doStream({ prompt: question("hi") });
    expect((await readAll(stream)).at(-1)).toMatchObject({ type: "error", error: { failure: "reply" } });
    expect(warn).not.toHaveBeenCalled();
  });

  it("keeps the prompt out of every error, also out of its causes", async () => {
    const fake = createFakeOllama();
    const call = { prompt: question("my secret plan") };
    for (const fault of [
      { kind: "reset" },
      { kind: "cut", afterBytes: 10 },
      { kind: "status", status: 500 },
      { kind: "status", status: 200, body: "{}" },
    ] as const) {
      fake.faults.next(fault);
      const error = await modelOn(fake)
        .doGenerate(call)
        .then(
          () => undefined,
          (reason: unknown) => reason,
        );
      expect(error).toMatchObject({ code: "model_failed" });
      expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain("my secret plan");
    }
  });

  it("says of a model that is not there how to get it", async () => {
    const model = ollama({ fetch: createFakeOllama({ models: [] }) }).languageModel("phi3:3.8b");
    await expect(model.doGenerate({ prompt: question("hi") })).rejects.toThrow("`ollama pull phi3:3.8b`");
  });
});
