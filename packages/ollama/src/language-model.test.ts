import { inspect } from "node:util";
import type { LanguageModelCallOptions, LanguageModelPrompt, LanguageModelStreamPart } from "@catenary/core";
import { createFakeOllama, type FakeOllama } from "@catenary/testing";
import { describe, expect, it, vi } from "vitest";
import { ollama } from "./ollama.ts";
import type { OllamaSettings } from "./settings.ts";

const question = (text: string): LanguageModelPrompt => [{ role: "user", content: [{ type: "text", text }] }];
const modelOn = (fake: FakeOllama, settings: OllamaSettings = {}) =>
  ollama({ fetch: fake, ...settings }).languageModel("llama3.2");

/** The body of the one request that a call makes. */
async function sentBy(call: Partial<LanguageModelCallOptions>, settings: OllamaSettings = {}): Promise<unknown> {
  const fake = createFakeOllama({
    models: [{ name: "llama3.2", capabilities: ["completion", "tools", "thinking", "vision"] }],
  });
  await modelOn(fake, settings).doGenerate({ prompt: question("hi"), ...call });
  return fake.requests.at(-1)?.body;
}

async function partsOf(
  fake: FakeOllama,
  call: Partial<LanguageModelCallOptions> = {},
): Promise<LanguageModelStreamPart[]> {
  const { stream } = await modelOn(fake).doStream({ prompt: question("hi"), ...call });
  return readAll(stream);
}

async function readAll<T>(stream: ReadableStream<T>): Promise<T[]> {
  const parts: T[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

describe("what a call sends", () => {
  it("puts sampling where Ollama reads it, and nothing beside it", async () => {
    const call = {
      temperature: 0.2,
      topP: 0.9,
      topK: 40,
      seed: 7,
      maxOutputTokens: 12,
      stopSequences: ["END"],
      presencePenalty: 0.1,
      frequencyPenalty: 0.3,
      providerOptions: { ollama: { options: { num_ctx: 4096, min_p: 0.05 } } },
    };
    expect(await sentBy(call)).toEqual({
      model: "llama3.2",
      messages: [{ role: "user", content: "hi" }],
      think: false,
      stream: false,
      options: {
        temperature: 0.2,
        top_p: 0.9,
        top_k: 40,
        seed: 7,
        num_predict: 12,
        stop: ["END"],
        presence_penalty: 0.1,
        frequency_penalty: 0.3,
        num_ctx: 4096,
        min_p: 0.05,
      },
    });
  });

  it("leaves out what was not asked for", async () => {
    expect(await sentBy({ stopSequences: [] })).toEqual({
      model: "llama3.2",
      messages: [{ role: "user", content: "hi" }],
      think: false,
      stream: false,
    });
  });

  it("keeps the model loaded as long as the settings or the call say", async () => {
    expect(await sentBy({}, { keepAlive: "5m" })).toHaveProperty("keep_alive", "5m");
    expect(await sentBy({}, { keepAlive: -1 })).toHaveProperty("keep_alive", -1);
    const providerOptions = { ollama: { keepAlive: 0 } };
    expect(await sentBy({ providerOptions }, { keepAlive: "5m" })).toHaveProperty("keep_alive", 0);
  });

  it("thinks only where it was asked to", async () => {
    expect(await sentBy({ reasoning: "provider-default" })).toHaveProperty("think", false);
    expect(await sentBy({ reasoning: "none" })).toHaveProperty("think", false);
    expect(await sentBy({ reasoning: "medium" })).toHaveProperty("think", true);
    expect(await sentBy({ providerOptions: { ollama: { think: true } } })).toHaveProperty("think", true);
    expect(await sentBy({ providerOptions: { ollama: { think: "high" } } })).toHaveProperty("think", "high");
  });

  it("asks for JSON, with the schema where there is one", async () => {
    const schema = { type: "object", properties: { a: { type: "number" } } } as const;
    expect(await sentBy({ responseFormat: { type: "json", schema } })).toHaveProperty("format", schema);
    expect(await sentBy({ responseFormat: { type: "json" } })).toHaveProperty("format", "json");
    expect(await sentBy({ responseFormat: { type: "text" } })).not.toHaveProperty("format");
  });

  it("sends images as base64, however they were given", async () => {
    const bytes = new Uint8Array([1, 2, 250]);
    const base64 = "AQL6";
    for (const data of [
      { type: "data", data: bytes },
      { type: "data", data: base64 },
      { type: "data", data: `data:image/png;base64,${base64}` },
      { type: "url", url: new URL(`data:image/png;base64,${base64}`) },
    ] as const) {
      for (const mediaType of ["image/png", "image"]) {
        const content = [{ type: "file" as const, mediaType, data }];
        expect(await sentBy({ prompt: [{ role: "user", content }] })).toHaveProperty("messages", [
          { role: "user", content: "", images: [base64] },
        ]);
      }
    }
  });

  it.each([
    ["an image that is somewhere else", "image/png", { type: "url", url: new URL("https://pictures.example/a.png") }],
    ["a file that is no image", "application/pdf", { type: "data", data: new Uint8Array([1]) }],
  ] as const)("refuses %s instead of dropping it", async (_name, mediaType, data) => {
    const call = sentBy({ prompt: [{ role: "user", content: [{ type: "file", mediaType, data }] }] });
    await expect(call).rejects.toMatchObject({ code: "model_failed", failure: "bad_request" });
    await expect(call).rejects.toThrow("Ollama takes images as data");
  });

  it("names the tool whose result it gives, and gives a call's arguments as an object", async () => {
    const call = { type: "tool-call", toolCallId: "c1", toolName: "look_up" } as const;
    const result = {
      type: "tool-result",
      toolCallId: "c1",
      toolName: "look_up",
      output: { type: "text", value: "31" },
    } as const;
    for (const input of [{ city: "Oslo" }, '{"city":"Oslo"}']) {
      const body = await sentBy({
        prompt: [
          ...question("weather?"),
          { role: "assistant", content: [{ ...call, input }] },
          { role: "tool", content: [result] },
        ],
      });
      expect(body).toHaveProperty("messages.1.tool_calls.0.function", { name: "look_up", arguments: { city: "Oslo" } });
      expect(body).toHaveProperty("messages.2", {
        role: "tool",
        tool_name: "look_up",
        tool_call_id: "c1",
        content: "31",
      });
    }
  });

  it("meets a choice of tools by what it offers, and warns where Ollama cannot be made to obey", async () => {
    const tool = (name: string) => ({ type: "function" as const, name, inputSchema: { type: "object" as const } });
    const tools = [tool("a"), tool("b")];
    const offered = async (toolChoice: LanguageModelCallOptions["toolChoice"]) => {
      const fake = createFakeOllama();
      const { warnings } = await modelOn(fake).doGenerate({
        prompt: question("hi"),
        tools,
        ...(toolChoice && { toolChoice }),
      });
      const names = JSON.stringify(fake.requests.at(-1)?.body).match(/"name":"\w"/g) ?? [];
      expect(fake.requests.at(-1)?.body).not.toHaveProperty("tool_choice");
      return { names: names.map((name) => name.at(-2)).join(""), warned: warnings.length > 0 };
    };
    expect(await offered(undefined)).toEqual({ names: "ab", warned: false });
    expect(await offered({ type: "auto" })).toEqual({ names: "ab", warned: false });
    expect(await offered({ type: "none" })).toEqual({ names: "", warned: false });
    expect(await offered({ type: "required" })).toEqual({ names: "ab", warned: true });
    expect(await offered({ type: "tool", toolName: "b" })).toEqual({ names: "b", warned: true });
  });

  it("reports the body that really went out", async () => {
    const fake = createFakeOllama();
    const { request } = await modelOn(fake).doGenerate({ prompt: question("hi"), seed: 7 });
    expect(request?.body).toBe(fake.requests.at(-1)?.text);
  });
});

describe("what comes of an answer", () => {
  it("tells apart an end and a cut", async () => {
    const fake = createFakeOllama();
    fake.reply("one two three four", "one two three four");
    const whole = await modelOn(fake).doGenerate({ prompt: question("count") });
    expect(whole.finishReason).toEqual({ unified: "stop", raw: "stop" });
    const cut = await modelOn(fake).doGenerate({ prompt: question("count"), maxOutputTokens: 2 });
    expect(cut.finishReason).toEqual({ unified: "length", raw: "length" });
    expect(cut.content).toEqual([{ type: "text", text: "one two" }]);
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

  it("calls an answer of another shape one that cannot be used", async () => {
    const model = ollama({ fetch: async () => Response.json({ hello: "there" }) }).languageModel("m");
    await expect(model.doGenerate({ prompt: question("hi") })).rejects.toMatchObject({ failure: "reply" });
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
