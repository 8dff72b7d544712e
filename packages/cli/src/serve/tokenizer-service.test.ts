import type { LogLevel } from "@catenary/core";
import { createVirtualClock } from "@catenary/testing";
import { expect, test } from "vitest";
import { tokenizerService, vocabularyOf } from "./tokenizer-service.ts";

function service(answer: (body: { readonly model: string; readonly prompt: string }) => Response | Promise<Response>) {
  const clock = createVirtualClock();
  const asked: string[] = [];
  const warned: [LogLevel, string][] = [];
  const counter = tokenizerService({
    url: "http://tokenizer.test",
    fetch: async (input, init) => {
      asked.push(String(input));
      const request = new Request(input, init);
      return answer(await request.json());
    },
    otherwise: { count: () => 1_000 },
    logger: { log: (level, message) => void warned.push([level, message]) },
    clock,
  });
  return { clock, asked, warned, count: (text: string) => counter.count(text, "phi3:3.8b") };
}

test("counts the tokens that the service gives, of the vocabulary that belongs to the model", async () => {
  const seen: unknown[] = [];
  const { count, asked } = service((body) => {
    seen.push(body);
    return Response.json({ tokens: [7, 8, 9], count: 3 });
  });
  expect(await count("some text")).toBe(3);
  expect(asked).toEqual(["http://tokenizer.test/tokenize"]);
  expect(seen).toEqual([{ model: "phi-3", prompt: "some text" }]);
});

test("an empty text has no tokens, and nobody is asked", async () => {
  const { count, asked } = service(() => Response.json({ tokens: [1] }));
  expect(await count("")).toBe(0);
  expect(asked).toEqual([]);
});

test.for([
  ["an error", () => new Response("no", { status: 404 })],
  ["no tokens", () => Response.json({ tokens: "many" })],
  ["no JSON", () => new Response("{")],
  ["nothing", () => Promise.reject(new TypeError("fetch failed"))],
] as const)(
  "where the service answers with %s the tokens are estimated, and it is left alone for a while",
  async ([, answer]) => {
    const { count, asked, warned, clock } = service(answer);
    expect(await count("text")).toBe(1_000);
    expect(await count("text")).toBe(1_000);
    expect(asked).toHaveLength(1);
    expect(warned).toEqual([["warn", "tokenizer_failed"]]);
    await clock.advance(10_000);
    await count("text");
    expect(asked).toHaveLength(2);
  },
);

test("a service that answers again is asked each time again", async () => {
  let isDown = true;
  const { count, clock } = service(() =>
    isDown ? new Response("", { status: 500 }) : Response.json({ tokens: [1, 2] }),
  );
  expect(await count("text")).toBe(1_000);
  isDown = false;
  await clock.advance(10_000);
  expect([await count("text"), await count("text")]).toEqual([2, 2]);
});

test.for([
  ["phi3:3.8b", "phi-3"],
  ["Llama3.2:1b", "llama-3.2"],
  ["llama3.1", "llama-3.1"],
  ["meta-llama-3-8b", "llama-3.1"],
  ["tiny:latest", "tiny"],
  ["granite-embedding-30m", "granite-embedding-30m"],
  ["smollm2:135m", "granite-embedding-30m"],
] as const)("%s has the vocabulary %s", ([model, vocabulary]) => {
  expect(vocabularyOf(model)).toBe(vocabulary);
});
