import { createOpenAI as createOpenAIV4 } from "@ai-sdk/openai";
import { createFakeOpenAI } from "@catenary/testing";
import { embedMany, generateText, isStepCount, jsonSchema, Output, streamText, tool } from "ai";
import { createOpenAI as createOpenAIV2 } from "ai-sdk-openai-v2";
import { createOpenAI as createOpenAIV3 } from "ai-sdk-openai-v3";
import { describe, expect, test } from "vitest";
import { fromAISDK } from "./from-ai-sdk.ts";

const fetch = createFakeOpenAI({ models: ["chatty", { id: "vectors", embeds: true, dimensions: 4 }] });
const settings = { apiKey: "k", fetch };
const place = jsonSchema<{ city: string }>({
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
});
const v4 = createOpenAIV4(settings);
const v3 = createOpenAIV3(settings);
const v2 = createOpenAIV2(settings);

describe.each([
  ["v4", { languageModel: v4.chat, embeddingModel: v4.embedding }],
  ["v3", { languageModel: v3.chat, embeddingModel: v3.embedding }],
  ["v2", { languageModel: v2.chat, textEmbeddingModel: v2.textEmbedding }],
])("models of specification %s work with the AI SDK of today", (_version, source) => {
  const backend = fromAISDK(source, { id: "any", models: ["chatty"] });
  const model = backend.languageModel("chatty");

  test("generateText and streamText", async () => {
    const { text, usage } = await generateText({ model, prompt: "hi there" });
    expect(text).toBe("This is chatty. You said: hi there");
    expect(usage).toMatchObject({ inputTokens: 2, outputTokens: 7 });
    const streamed = streamText({ model, prompt: "hi there" });
    expect(await streamed.text).toBe(text);
    expect(await streamed.finishReason).toBe("stop");
  });

  test("an object that obeys a schema", async () => {
    const { output } = await generateText({ model, prompt: "where?", output: Output.object({ schema: place }) });
    expect(output).toEqual({ city: "sample" });
  });

  test("a tool and its result", async () => {
    const weather = tool({ inputSchema: place, execute: ({ city }) => `rain in ${city}` });
    const stopWhen = isStepCount(3);
    const { text, steps } = await generateText({ model, prompt: "weather?", tools: { weather }, stopWhen });
    expect(steps).toHaveLength(2);
    expect(text).toContain("rain in sample");
  });

  test("embedMany", async () => {
    const embedder = backend.embeddingModel?.("vectors") ?? expect.unreachable("it embeds");
    const { embeddings } = await embedMany({ model: embedder, values: ["a", "b"] });
    expect(embeddings.map((vector) => vector.length)).toEqual([4, 4]);
  });
});
