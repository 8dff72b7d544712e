import type { LanguageModelStreamPart } from "@catenary/core";
import { createFakeGemini } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { gemini } from "./gemini.ts";

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Oslo?" }] }];
const tools = [{ type: "function" as const, name: "weather", inputSchema: { type: "object" as const } }];
const answer = {
  content: "It is «mild» — 🌤, 12 °C",
  toolCalls: [
    { id: "call_1", name: "weather", arguments: { city: "Tromsø 🏔", days: [1, 2, 3] } },
    { id: "call_2", name: "weather", arguments: { city: "Oslo" } },
  ],
};

/** The parts of an answer whose bytes come cut in these places, and the bytes. */
async function streamed(places: (length: number) => readonly number[]) {
  const fake = createFakeGemini({ models: ["m"], answer: () => answer });
  let length = 0;
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    const response = await fake(input, init);
    const bytes = new Uint8Array(await response.arrayBuffer());
    length = bytes.length;
    const edges = [
      0,
      ...places(length)
        .map((place) => place % length)
        .sort((a, b) => a - b),
      length,
    ];
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const [at, edge] of edges.slice(1).entries()) controller.enqueue(bytes.slice(edges[at], edge));
        controller.close();
      },
    });
    return new Response(body, response);
  };
  let id = 0;
  const { stream } = await gemini({ apiKey: "k", fetch, models: ["m"] })
    .languageModel("m")
    .doStream({ prompt, tools });
  const parts: LanguageModelStreamPart[] = [];
  const ids = new Map<string, string>();
  for await (const part of stream) {
    // The AI SDK makes ids up where Gemini tells none.
    parts.push(
      JSON.parse(JSON.stringify(part), (key, value) => {
        if (key !== "toolCallId" && key !== "id") return value;
        if (!ids.has(value)) ids.set(value, `id-${id++}`);
        return ids.get(value);
      }),
    );
  }
  return { parts, length };
}

test("a streamed answer is the same wherever its bytes are cut, tool calls included", async () => {
  const { parts: whole, length } = await streamed(() => []);
  expect(whole.filter(({ type }) => type === "tool-call")).toMatchObject(
    answer.toolCalls.map(({ name, arguments: input }) => ({ toolName: name, input: JSON.stringify(input) })),
  );
  expect(whole.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });
  const cuts = fc.array(fc.nat(length - 1), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(cuts, async (places) => {
      expect((await streamed(() => places)).parts).toEqual(whole);
    }),
    { numRuns: 25 },
  );
  expect((await streamed((bytes) => Array.from({ length: bytes }, (_, at) => at))).parts).toEqual(whole);
});
