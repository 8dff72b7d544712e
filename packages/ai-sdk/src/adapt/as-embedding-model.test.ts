import { createOpenAI as createOpenAIV4 } from "@ai-sdk/openai";
import { createFakeOpenAI } from "@catenary/testing";
import { createOpenAI as createOpenAIV2 } from "ai-sdk-openai-v2";
import { createOpenAI as createOpenAIV3 } from "ai-sdk-openai-v3";
import { describe, expect, test } from "vitest";
import { asEmbeddingModel } from "./as-embedding-model.ts";

const server = createFakeOpenAI({ models: [{ id: "e", embeds: true, dimensions: 4 }] });
const settings = { apiKey: "k", fetch: server };
const made = { backend: "b", model: "e" };

describe.each([
  ["v2", createOpenAIV2(settings).textEmbeddingModel("e")],
  ["v3", createOpenAIV3(settings).embeddingModel("e")],
])("an embedding model of specification %s", (_version, older) => {
  const model = asEmbeddingModel(older, made);

  test("is one of ours, with its limits", async () => {
    expect(model).toMatchObject({ specificationVersion: "v4", provider: "openai.embedding", modelId: "e" });
    expect([model.maxEmbeddingsPerCall, model.supportsParallelCalls]).toEqual([2048, true]);
    expect(await model.doEmbed({ values: ["a", "b"] })).toMatchObject({
      embeddings: [expect.any(Array), expect.any(Array)],
      usage: { tokens: 2 },
      warnings: [],
    });
  });

  test("takes no number of dimensions, and says so", async () => {
    const { embeddings, warnings } = await model.doEmbed({ values: ["a"], dimensions: 2 });
    expect(embeddings[0]).toHaveLength(4);
    expect(warnings).toMatchObject([{ type: "unsupported", feature: "dimensions" }]);
  });
});

test("an embedding model of our own specification is left as it is", () => {
  const model = createOpenAIV4(settings).embeddingModel("e");
  expect(asEmbeddingModel(model, made)).toBe(model);
});
