import { createFakeOpenAI } from "@catenary/testing";
import { embedMany, generateText, isStepCount, jsonSchema, Output, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import { openai } from "./openai.ts";
import { vllm } from "./vllm.ts";

const models = ["chatty", { id: "vectors", embeds: true, dimensions: 4 }];
const answer = createFakeOpenAI({ models });
const place = jsonSchema<{ city: string }>({
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
});

describe.each([
  ["openai()", openai({ apiKey: "k", fetch: answer })],
  ["vllm()", vllm({ baseUrl: "http://vllm.test", fetch: answer })],
])("the models of %s work with the AI SDK", (_name, backend) => {
  const model = backend.languageModel("chatty");

  test("generateText and streamText", async () => {
    const { text, usage } = await generateText({ model, prompt: "hi there" });
    expect(text).toBe("This is chatty. You said: hi there");
    expect(usage).toMatchObject({ inputTokens: 2, outputTokens: 7 });
    expect(await streamText({ model, prompt: "hi there" }).text).toBe(text);
  });

  test("an object that obeys a schema", async () => {
    const { output } = await generateText({ model, prompt: "where?", output: Output.object({ schema: place }) });
    expect(output).toEqual({ city: "sample" });
  });

  test("a tool and its result", async () => {
    const weather = tool({ inputSchema: place, execute: ({ city }) => `rain in ${city}` });
    const { text, steps } = await generateText({
      model,
      prompt: "weather?",
      tools: { weather },
      stopWhen: isStepCount(3),
    });
    expect(steps).toHaveLength(2);
    expect(text).toContain("rain in sample");
  });

  test("embedMany", async () => {
    const { embeddings } = await embedMany({ model: backend.embeddingModel("vectors"), values: ["a", "b"] });
    expect(embeddings.map((vector) => vector.length)).toEqual([4, 4]);
  });
});
