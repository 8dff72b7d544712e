import type { Fetch, LanguageModel, LanguageModelStreamPart } from "@catenary/core";
import fc from "fast-check";
import { expect } from "vitest";
import { ask, readStream } from "../src/describe-backend/calls.ts";

/** Says what a fake server is to answer: bytes that are half of a character, and words that look like the end of a stream. */
export const CUT_ANSWER = {
  content: 'It is «mild» — 🌤, 12 °C;\n\ndata: [DONE]\n\n is no end, nor is "data: [DONE]"',
  toolCalls: [
    { id: "call_1", name: "weather", arguments: { city: "Tromsø 🏔", days: [1, 2, 3] } },
    { id: "call_2", name: "weather", arguments: { city: 'data: [DONE] "Oslo"' } },
  ],
};

const tools = [{ type: "function" as const, name: "weather", inputSchema: { type: "object" as const } }];

export interface CutSubject {
  /** A fake server that gives `CUT_ANSWER`. It is asked once; the bytes that it sent are then sent again in other pieces. */
  readonly server: Fetch;
  /** The model of the adapter, on a connection. */
  readonly model: (fetch: Fetch) => LanguageModel;
  /** Whether the protocol tells the end of an answer, so that the connection may stay open behind it. */
  readonly tellsEnd?: boolean;
}

/** Fails unless a model streams the same parts wherever the network cuts the answer. Gives the parts. */
export async function expectSameWhereverCut(subject: CutSubject): Promise<readonly LanguageModelStreamPart[]> {
  const { server, model, tellsEnd = false } = subject;
  let bytes = new Uint8Array();
  let head: Response | undefined;
  const parts = async (fetch: Fetch) => {
    const { stream } = await model(fetch).doStream(ask({ maxOutputTokens: 512 }, { text: "Oslo?", tools }));
    const read = await readStream(stream);
    expect(read.error).toBeUndefined();
    return read.parts;
  };
  const whole = await parts(async (input, init) => {
    head = await server(input, init);
    bytes = new Uint8Array(await head.clone().arrayBuffer());
    return head;
  });
  const expected = CUT_ANSWER.toolCalls.map(({ name, arguments: input }) => ({ name, input: JSON.stringify(input) }));
  const called = whole.filter((part) => part.type === "tool-call");
  expect(called.map(({ toolName: name, input }) => ({ name, input }))).toEqual(expected);
  expect(whole.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });

  const expectSame = async (places: readonly number[], staysOpen: boolean) => {
    const cut = await parts(async () => new Response(bodyOf(bytes, places, staysOpen), head));
    expect(withoutIds(cut)).toEqual(withoutIds(whole));
  };
  const cuts = fc.array(fc.nat(bytes.length - 1), { maxLength: 30 });
  const open = tellsEnd ? fc.boolean() : fc.constant(false);
  await fc.assert(fc.asyncProperty(cuts, open, expectSame), { numRuns: 25 });
  await expectSame([...bytes.keys()], tellsEnd);
  return whole;
}

/** These bytes in the pieces between these places. */
function bodyOf(bytes: Uint8Array, places: readonly number[], staysOpen: boolean): ReadableStream<Uint8Array> {
  const edges = [0, ...places.toSorted((one, other) => one - other), bytes.length];
  return new ReadableStream({
    start(controller) {
      for (const [at, edge] of edges.slice(1).entries()) controller.enqueue(bytes.slice(edges[at], edge));
      if (!staysOpen) controller.close();
    },
  });
}

/** The parts, whose ids are counted in the order in which they come: where a server tells none, each reading makes them up. */
function withoutIds(parts: readonly LanguageModelStreamPart[]): unknown {
  const seen: unknown[] = [];
  return JSON.parse(JSON.stringify(parts), (key, value) => {
    if (key !== "toolCallId" && key !== "id") return value;
    if (!seen.includes(value)) seen.push(value);
    return seen.indexOf(value);
  });
}
