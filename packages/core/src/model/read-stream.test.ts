import { expect, test } from "vitest";
import type { LanguageModelStreamPart } from "./contract.ts";
import { readStream } from "./read-stream.ts";

const usage = {
  inputTokens: { total: 5, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 7, text: undefined, reasoning: undefined },
};
const finish: LanguageModelStreamPart = { type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage };
const delta = (text: string): LanguageModelStreamPart => ({ type: "text-delta", id: "0", delta: text });

const never = new AbortController().signal;

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
  const reply = await readStream(stream, { onText: (text) => pieces.push(text), signal: never });
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
  await expect(readStream(stream, { onText: () => {}, signal: never })).rejects.toBe(broken);
  expect(seen.cancelled).toBe(broken);
  expect(stream.locked).toBe(false);
});

test("rejects a stream that ends without saying that it is finished", async () => {
  const { stream } = streamOf([delta("Hel")]);
  await expect(readStream(stream, { onText: () => {}, signal: never })).rejects.toMatchObject({
    code: "model_failed",
    failure: "network",
    message: expect.stringContaining("may be cut off"),
  });
});

test("rejects a stream whose provider says that it was interrupted", async () => {
  const interrupted = { ...finish, finishReason: { unified: "interrupted", raw: undefined } } as const;
  const { stream } = streamOf([delta("Hel"), interrupted]);
  const reading = readStream(stream, { onText: () => {}, signal: never });
  await expect(reading).rejects.toMatchObject({ failure: "network", reason: "truncated" });
});

test("rejects with the error that the stream itself fails with", async () => {
  const broken = new Error("socket closed");
  const stream = new ReadableStream<LanguageModelStreamPart>({ pull: (controller) => controller.error(broken) });
  await expect(readStream(stream, { onText: () => {}, signal: never })).rejects.toBe(broken);
});

test("cancels the stream where the reader of the text throws", async () => {
  const left = new Error("left");
  const { stream, seen } = streamOf([delta("Hel"), delta("lo"), finish], { ends: false });
  const leave = () => {
    throw left;
  };
  const reading = readStream(stream, { onText: leave, signal: never });
  await expect(reading).rejects.toBe(left);
  expect(seen.cancelled).toBe(left);
});

/** A stream of a provider that knows no signal and has always more to say. */
function endlessStream() {
  const seen: { pulls: number; cancelled?: unknown } = { pulls: 0 };
  const stream = new ReadableStream<LanguageModelStreamPart>({
    pull(controller) {
      seen.pulls++;
      controller.enqueue(delta("more "));
    },
    cancel(reason) {
      seen.cancelled = reason;
    },
  });
  return { stream, seen };
}

test("stops pulling as soon as the signal aborts, although the provider does not listen to it", async () => {
  const { stream, seen } = endlessStream();
  const controller = new AbortController();
  const enough = new Error("enough");
  let pieces = 0;
  const onText = () => {
    if (++pieces === 3) controller.abort(enough);
  };
  await expect(readStream(stream, { onText, signal: controller.signal })).rejects.toBe(enough);
  expect({ pieces, cancelled: seen.cancelled, locked: stream.locked }).toEqual({
    pieces: 3,
    cancelled: enough,
    locked: false,
  });
  const { pulls } = seen;
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(seen.pulls).toBe(pulls);
});

test("stops waiting for a piece when the signal aborts, and tells the source why", async () => {
  const { stream, seen } = streamOf([delta("Hel")], { ends: false });
  const controller = new AbortController();
  const enough = new Error("enough");
  const reading = readStream(stream, { onText: () => {}, signal: controller.signal });
  await new Promise((resolve) => setTimeout(resolve, 0));
  controller.abort(enough);
  await expect(reading).rejects.toBe(enough);
  expect(seen.cancelled).toBe(enough);
  expect(stream.locked).toBe(false);
});

test("reads nothing of a stream that comes after the signal aborted", async () => {
  const { stream, seen } = streamOf([delta("Hel")], { ends: false });
  const late = new Error("too late");
  const pieces: string[] = [];
  const reading = readStream(stream, { onText: (text) => pieces.push(text), signal: AbortSignal.abort(late) });
  await expect(reading).rejects.toBe(late);
  expect(seen.cancelled).toBe(late);
  expect(pieces).toEqual([]);
});
