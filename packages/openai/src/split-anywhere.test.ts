import type { LanguageModelStreamPart } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Oslo?" }] }];
const tools = [{ type: "function" as const, name: "weather", inputSchema: { type: "object" as const } }];
const answer = {
  content: 'It is «mild» — 🌤, 12 °C;\n\ndata: [DONE]\n\n is no end, nor is "data: [DONE]"',
  toolCalls: [
    { id: "call_1", name: "weather", arguments: { city: "Tromsø 🏔", days: [1, 2, 3] } },
    { id: "call_2", name: "weather", arguments: { city: 'data: [DONE] "Oslo"' } },
  ],
};

/** The bytes of one streamed answer. */
async function recorded(): Promise<Uint8Array> {
  const fake = createFakeOpenAI({ models: ["m"], answer: () => answer });
  const response = await fake("http://127.0.0.1/v1/chat/completions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      model: "m",
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: "user", content: "Oslo?" }],
      tools: [{ type: "function", function: { name: "weather", parameters: {} } }],
    }),
  });
  return new Uint8Array(await response.arrayBuffer());
}

/** A server that sends these bytes cut in these places, and then ends its answer or not. */
function serverOf(bytes: Uint8Array, places: readonly number[], staysOpen: boolean): () => Promise<Response> {
  const edges = [0, ...places.map((place) => place % bytes.length).sort((a, b) => a - b), bytes.length];
  return async () => {
    const pieces = edges.slice(1).map((edge, at) => bytes.slice(edges[at], edge));
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        if (!staysOpen) controller.close();
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream; charset=utf-8" } });
  };
}

async function partsOf(fetch: () => Promise<Response>, isOwn: boolean): Promise<LanguageModelStreamPart[]> {
  const settings = { apiKey: "k", fetch, models: ["m"] };
  const backend = isOwn ? openai(settings) : openaiCompatible({ ...settings, id: "c", baseUrl: "http://x.test/v1" });
  const { stream } = await backend.languageModel("m").doStream({ prompt, tools });
  const parts: LanguageModelStreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

test.each([
  ["OpenAI", true],
  ["compatible", false],
])(
  "a streamed answer of %s is the same wherever its bytes are cut, whether its server ends it or not, tool calls included",
  async (_, isOwn) => {
    const bytes = await recorded();
    const whole = await partsOf(serverOf(bytes, [], false), isOwn);
    expect(whole.filter(({ type }) => type === "tool-call")).toMatchObject([
      { toolCallId: "call_1", input: JSON.stringify(answer.toolCalls[0]?.arguments) },
      { toolCallId: "call_2", input: JSON.stringify(answer.toolCalls[1]?.arguments) },
    ]);
    expect(whole.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });
    const cuts = fc.array(fc.nat(bytes.length - 1), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cuts, fc.boolean(), async (places, staysOpen) => {
        expect(await partsOf(serverOf(bytes, places, staysOpen), isOwn)).toEqual(whole);
      }),
      { numRuns: 25 },
    );
    const everywhere = Array.from({ length: bytes.length }, (_, at) => at);
    expect(await partsOf(serverOf(bytes, everywhere, true), isOwn)).toEqual(whole);
  },
);
