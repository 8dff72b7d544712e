import type { LanguageModelStreamPart } from "@catenary/core";
import { expect, test, vi } from "vitest";
import { ollama } from "./ollama.ts";

const line = (fields: object) => `${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", ...fields })}\n`;
const first = line({ message: { role: "assistant", content: "hello" }, done: false });
const last = line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop", eval_count: 1 });

async function partsOf(body: ReadableStream<Uint8Array>): Promise<LanguageModelStreamPart[]> {
  const model = ollama({ fetch: async () => new Response(body) }).languageModel("m");
  const { stream } = await model.doStream({ prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] });
  const parts: LanguageModelStreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

test.each([
  ["with its last line", [first + last]],
  ["behind its last line", [first, last]],
  [
    "with more behind its last line",
    [first, last + line({ message: { role: "assistant", content: "no" }, done: false })],
  ],
])("an answer is whole where the server keeps the connection open %s, which is then let go", async (_, pieces) => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const cancel = vi.fn();
    const encoder = new TextEncoder();
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      },
      cancel,
    });
    const parts = await partsOf(body);
    expect(parts.flatMap((part) => (part.type === "text-delta" ? part.delta : []))).toEqual(["hello"]);
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "stop" } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(cancel).toHaveBeenCalledTimes(1);
  } finally {
    vi.useRealTimers();
  }
});
