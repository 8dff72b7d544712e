import { createFakeGemini } from "@catenary/testing";
import { embed, embedMany, generateText, isStepCount, jsonSchema, Output, streamText, tool } from "ai";
import { describe, expect, test } from "vitest";
import { gemini } from "./gemini.ts";

const fake = createFakeGemini({ models: ["chatty", { id: "vectors", embeds: true, dimensions: 4 }] });
const backend = gemini({ apiKey: "k", fetch: fake });
const place = jsonSchema<{ city: string }>({
  type: "object",
  properties: { city: { type: "string" } },
  required: ["city"],
  additionalProperties: false,
});

describe("the models work with the AI SDK", () => {
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

  test("a tool and its result, whose ids are made here because Gemini sends none", async () => {
    const weather = tool({ inputSchema: place, execute: ({ city }) => `rain in ${city}` });
    fake.reply({
      toolCalls: [
        { name: "weather", arguments: { city: "Oslo" } },
        { name: "weather", arguments: { city: "Rome" } },
      ],
    });
    const { text, steps } = await generateText({
      model,
      prompt: "weather?",
      tools: { weather },
      stopWhen: isStepCount(2),
    });
    const ids = steps[0]?.toolCalls.map(({ toolCallId }) => toolCallId) ?? [];
    expect(new Set(ids.filter((id) => id !== "")).size).toBe(2);
    expect(text).toContain("rain in Oslo");
    expect(text).toContain("rain in Rome");
    const results = ids.map((id) => ({ functionResponse: { id, name: "weather" } }));
    expect(fake.requests.at(-1)?.body).toMatchObject({
      contents: [{ role: "user" }, { role: "model" }, { role: "user", parts: results }],
    });
  });

  test("embed and embedMany", async () => {
    const vectors = backend.embeddingModel("vectors");
    const { embeddings } = await embedMany({ model: vectors, values: ["a", "b"] });
    expect(embeddings.map((vector) => vector.length)).toEqual([4, 4]);
    expect((await embed({ model: vectors, value: "a" })).embedding).toEqual(embeddings[0]);
    expect(fake.requests.slice(-2).map(({ path }) => path)).toEqual([
      "/v1beta/models/vectors:batchEmbedContents",
      "/v1beta/models/vectors:embedContent",
    ]);
  });
});
