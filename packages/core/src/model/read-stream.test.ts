import { expect, test } from "vitest";
import type { LanguageModelStreamPart } from "./contract.ts";
import { readStream } from "./read-stream.ts";

const usage = {
  inputTokens: { total: 5, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 7, text: undefined, reasoning: undefined },
};
const finish: LanguageModelStreamPart = { type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage };
const delta = (text: string): LanguageModelStreamPart => ({ type: "text-delta", id: "0", delta: text });

/** A stream that stays open after its parts unless it is told to end, and remembers why it was cancelled. */
function streamOf(parts: readonly LanguageModelStreamPart[], { ends = true } = {}) {
  const seen: { cancelled?: unknown } = {};
  const stream = new ReadableStream<LanguageModelStreamPart>({
    start(controller) {
      for (const part of parts) controller.enqueue(part);
      if (ends) controller.close();
    },
    cancel(reason) {
      seen.cancelled = reason;
    },
  });
  return { stream, seen };
}

test("hands each piece of text on and gives the whole reply", async () => {
  const pieces: string[] = [];
  const { stream } = streamOf([
    { type: "stream-start", warnings: [] },
    { type: "reasoning-delta", id: "r", delta: "hm" },
    delta("Hel"),
    delta(""),
    delta("lo"),
    { type: "tool-call", toolCallId: "c", toolName: "find", input: "{}" },
    finish,
  ]);
  const reply = await readStream(stream, (text) => pieces.push(text));
  expect(pieces).toEqual(["Hel", "lo"]);
  expect(reply).toEqual({
    text: "Hello",
    toolCalls: [{ id: "c", type: "function", function: { name: "find", arguments: "{}" } }],
    finishReason: "stop",
    usage: { inputTokens: 5, outputTokens: 7 },
  });
});

test("rejects with what the stream says is wrong, and cancels it", async () => {
  const broken = new Error("overloaded");
  const { stream, seen } = streamOf([delta("Hel"), { type: "error", error: broken }], { ends: false });
  await expect(readStream(stream, () => {})).rejects.toBe(broken);
  expect(seen.cancelled).toBe(broken);
  expect(stream.locked).toBe(false);
});

test("rejects a stream that ends without saying that it is finished", async () => {
  const { stream } = streamOf([delta("Hel")]);
  await expect(readStream(stream, () => {})).rejects.toMatchObject({
    code: "model_failed",
    failure: "network",
    message: expect.stringContaining("may be cut off"),
  });
});

test("rejects with the error that the stream itself fails with", async () => {
  const broken = new Error("socket closed");
  const stream = new ReadableStream<LanguageModelStreamPart>({ pull: (controller) => controller.error(broken) });
  await expect(readStream(stream, () => {})).rejects.toBe(broken);
});

test("cancels the stream where the reader of the text throws", async () => {
  const left = new Error("left");
  const { stream, seen } = streamOf([delta("Hel"), delta("lo"), finish], { ends: false });
  const reading = readStream(stream, () => {
    throw left;
  });
  await expect(reading).rejects.toBe(left);
  expect(seen.cancelled).toBe(left);
});
