import type { LanguageModelStreamPart } from "@catenary/core";
import { createFakeGemini, type FakeGeminiAnswerFields } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, test } from "vitest";
import { KEY } from "../tests/calls.ts";
import { gemini } from "./gemini.ts";

const question = { prompt: [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }] };

async function read(stream: ReadableStream<LanguageModelStreamPart>) {
  const parts: LanguageModelStreamPart[] = [];
  try {
    for await (const part of stream) parts.push(part);
  } catch (error) {
    return { parts, error };
  }
  return { parts, error: undefined };
}

async function streamed(answer: FakeGeminiAnswerFields | Response) {
  const fake = createFakeGemini();
  if (!(answer instanceof Response)) fake.reply(answer);
  const fetch = answer instanceof Response ? async () => answer : fake;
  const { stream } = await gemini({ apiKey: KEY, fetch }).languageModel("gemini-2.5-flash").doStream(question);
  return read(stream);
}

const finishOf = (parts: readonly LanguageModelStreamPart[]) => parts.filter((part) => part.type === "finish");

describe("a stream", () => {
  test("tells the text, the thoughts, the calls of tools, the tokens and why it ended", async () => {
    const { parts, error } = await streamed({
      thoughts: "hm, so",
      chunks: ["Hel", "lo"],
      toolCalls: [{ id: "c1", name: "f", arguments: { a: 1 } }],
      promptTokens: 3,
    });
    expect(error).toBeUndefined();
    const of = (type: string) => parts.filter((part) => part.type === type);
    expect(of("reasoning-delta")).toMatchObject([{ delta: "hm, so" }]);
    expect(of("text-delta")).toMatchObject([{ delta: "Hel" }, { delta: "lo" }]);
    expect(of("tool-call")).toMatchObject([{ toolCallId: "c1", toolName: "f", input: '{"a":1}' }]);
    expect(finishOf(parts)).toMatchObject([
      {
        finishReason: { unified: "tool-calls", raw: "STOP" },
        usage: { inputTokens: { total: 3 }, outputTokens: { total: 4, text: 2, reasoning: 2 } },
      },
    ]);
  });

  test.each([
    ["no finishReason", { chunks: ["half an", " answer"], finishReason: null }],
    ["a single piece without a finishReason", { content: "", finishReason: null }],
    ["no piece at all", new Response("", { headers: { "content-type": "text/event-stream" } })],
  ])("that ends with %s fails: it may be half an answer", async (_how, answer) => {
    const { parts, error } = await streamed(answer);
    expect(error).toMatchObject({
      failure: "network",
      reason: "truncated",
      details: { backend: "gemini", model: "gemini-2.5-flash" },
    });
    expect(String(error)).toContain("ended without a finishReason, so the answer may be cut off");
    expect(finishOf(parts)).toEqual([]);
  });

  test.each([
    ["prompt", { blockReason: "PROHIBITED_CONTENT" }, "PROHIBITED_CONTENT"],
    ["answer", { content: "well", finishReason: "SAFETY" }, "SAFETY"],
  ])("whose %s the safety filter stopped says so", async (_what, answer, raw) => {
    const { parts, error } = await streamed(answer);
    expect(error).toBeUndefined();
    expect(finishOf(parts)).toMatchObject([{ finishReason: { unified: "content-filter", raw } }]);
  });

  test.each([
    [
      { status: 429, message: `no more for ${KEY}`, retryDelaySeconds: 38 },
      { failure: "rate_limit", retryAfterMs: 38_000 },
    ],
    [
      { status: 503, message: `too many, ${KEY}` },
      { failure: "server_error", reason: "overloaded", status: 503 },
    ],
    [
      { status: 400, message: `bad ${KEY}`, reason: "API_KEY_INVALID" },
      { failure: "auth", status: 400 },
    ],
  ])("that fails in the middle with %j tells so in a part, without the key", async (failure, expected) => {
    const { parts } = await streamed({ content: "one two three", error: { ...failure, afterChunks: 2 } });
    const part = parts.find(({ type }) => type === "error");
    const error = part?.type === "error" ? part.error : undefined;
    expect(error).toMatchObject({ ...expected, details: { backend: "gemini", model: "gemini-2.5-flash" } });
    expect(String(error)).toMatch(/failed while it answered: .*…/);
    expect(JSON.stringify(error)).not.toContain(KEY);
    expect(finishOf(parts)).toMatchObject([{ finishReason: { unified: "error" } }]);
  });

  test.each([
    ["names its failure alone", { message: "gone", status: "UNAVAILABLE", code: null }, { failure: "server_error" }],
    ["has a name that nobody knows", { message: "gone", status: "NEW", code: null }, { status: undefined }],
    ["is no event of Gemini", 7, { failure: "reply" }],
  ])("whose error %s has an error of ours", async (_how, error, expected) => {
    const { parts } = await streamed(new Response(`data: ${JSON.stringify({ error })}\r\n\r\n`));
    expect(parts.find(({ type }) => type === "error")).toMatchObject({ error: expected });
  });

  test("of which a piece cannot be read tells neither the key in it nor all of it", async () => {
    const { parts } = await streamed(new Response(`data: {"candidates":["${KEY}","${"x".repeat(10_000)}"]}\r\n\r\n`));
    const part = parts.find(({ type }) => type === "error");
    const error = part?.type === "error" ? part.error : undefined;
    expect(error).toMatchObject({ failure: "reply" });
    expect(String(error)).toContain("gave an answer that cannot be used: ");
    expect(String(error)).not.toContain(KEY);
    expect(String(error).length).toBeLessThan(700);
  });

  test("that breaks off reaches the reader as an error", async () => {
    const fake = createFakeGemini();
    await using served = await serve(fake);
    for (const afterChunks of [1, 4]) {
      fake.faults.next({ kind: "cut", afterChunks });
      const { stream } = await gemini({ apiKey: KEY, baseUrl: served.url })
        .languageModel("gemini-2.5-flash")
        .doStream(question);
      const { parts, error } = await read(stream);
      expect(error).toMatchObject({ failure: "network", details: { backend: "gemini", model: "gemini-2.5-flash" } });
      expect(finishOf(parts)).toEqual([]);
    }
  });
});
