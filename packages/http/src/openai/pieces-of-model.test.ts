import type { LanguageModelStreamPart } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { piecesOfModel } from "./pieces-of-model.ts";

const FINISH: LanguageModelStreamPart = {
  type: "finish",
  finishReason: { unified: "stop", raw: "stop" },
  usage: {
    inputTokens: { total: 5, noCache: 3, cacheRead: 2, cacheWrite: undefined },
    outputTokens: { total: 4, text: 1, reasoning: 3 },
  },
};

async function piecesOf(...parts: readonly LanguageModelStreamPart[]) {
  const pieces: unknown[] = [];
  const stream = new ReadableStream<LanguageModelStreamPart>({
    start: (controller) => {
      for (const part of parts) controller.enqueue(part);
      controller.close();
    },
  });
  for await (const piece of piecesOfModel(stream)) pieces.push(piece);
  return pieces;
}

describe("piecesOfModel", () => {
  test("tells the model, thoughts, text, and at the end the reason and every count", async () => {
    expect(
      await piecesOf(
        { type: "stream-start", warnings: [] },
        { type: "response-metadata", modelId: "m" },
        { type: "reasoning-delta", id: "r", delta: "hm" },
        { type: "text-start", id: "t" },
        { type: "text-delta", id: "t", delta: "" },
        { type: "text-delta", id: "t", delta: "a" },
        FINISH,
      ),
    ).toEqual([
      { kind: "model", model: "m" },
      { kind: "reasoning", text: "hm" },
      { kind: "text", text: "a" },
      {
        kind: "end",
        finishReason: "stop",
        usage: {
          prompt_tokens: 5,
          completion_tokens: 4,
          total_tokens: 9,
          prompt_tokens_details: { cached_tokens: 2 },
          completion_tokens_details: { reasoning_tokens: 3 },
        },
      },
    ]);
  });

  test("tells a call once, whether its arguments come in pieces, whole, or at last", async () => {
    const call = (id: string): LanguageModelStreamPart => ({
      type: "tool-call",
      toolCallId: id,
      toolName: "f",
      input: '{"a":1}',
    });
    const pieces = await piecesOf(
      { type: "tool-input-start", id: "1", toolName: "f" },
      { type: "tool-input-delta", id: "1", delta: '{"a"' },
      { type: "tool-input-delta", id: "1", delta: ":1}" },
      call("1"),
      call("2"),
      { type: "tool-input-start", id: "3", toolName: "f" },
      call("3"),
      { type: "tool-input-delta", id: "unknown", delta: "x" },
      FINISH,
    );
    expect(pieces.slice(0, -1)).toEqual([
      { kind: "tool", index: 0, id: "1", name: "f", arguments: "" },
      { kind: "tool", index: 0, arguments: '{"a"' },
      { kind: "tool", index: 0, arguments: ":1}" },
      { kind: "tool", index: 1, id: "2", name: "f", arguments: '{"a":1}' },
      { kind: "tool", index: 2, id: "3", name: "f", arguments: "" },
      { kind: "tool", index: 2, arguments: '{"a":1}' },
    ]);
    expect(pieces.at(-1)).toMatchObject({ finishReason: "tool_calls" });
  });

  test("throws what the stream tells of a failure, and ends the stream where nobody reads on", async () => {
    const failure = new Error("no");
    await expect(piecesOf({ type: "error", error: failure })).rejects.toBe(failure);
    let left: unknown;
    const stream = new ReadableStream<LanguageModelStreamPart>({
      pull: (controller) => controller.enqueue({ type: "text-delta", id: "t", delta: "a" }),
      cancel: () => {
        left = true;
      },
    });
    for await (const _ of piecesOfModel(stream)) break;
    expect(left).toBe(true);
  });
});
