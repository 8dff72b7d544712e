import { createOpenAI as createOpenAIV4 } from "@ai-sdk/openai";
import { createOpenAI as createOpenAIV1 } from "ai-sdk-openai-v1";
import { expect, test } from "vitest";
import { asEmbeddingModel } from "./as-embedding-model.ts";
import { asLanguageModel } from "./as-language-model.ts";

const made = { backend: "home", model: "tiny" };

test("a model of our own specification is left as it is", () => {
  const model = createOpenAIV4({ apiKey: "k" })("tiny");
  expect(asLanguageModel(model, made)).toBe(model);
});

test("models of the first specification, and of one that is still to come, are refused with the versions that work", () => {
  const old = createOpenAIV1({ apiKey: "k" });
  for (const [model, adapt, version] of [
    [old("tiny"), asLanguageModel, "v1"],
    [old.embedding("tiny"), asEmbeddingModel, "v1"],
    [{ specificationVersion: "v9", doGenerate: () => {} }, asLanguageModel, "v9"],
  ] as const) {
    expect(() => adapt(model, made)).toThrow(
      expect.objectContaining({
        code: "model_failed",
        failure: "chain",
        details: made,
        message: `tiny on home is a model of the AI SDK's provider specification ${version}, and v2, v3 and v4 are understood: install another major version of its provider`,
      }),
    );
  }
});

test.each([
  [undefined, "a value of the type undefined"],
  [null, "a value of the type null"],
  ["gpt-4o", "a value of the type string"],
  [{}, "an object without a version"],
])("%j is no model", (value, kind) => {
  expect(() => asLanguageModel(value, made)).toThrow(
    `the provider of home was to make the model tiny of the AI SDK, and made ${kind}`,
  );
});

test("a model that answers is not taken for one that embeds, nor the other way round", () => {
  const { chat, embedding } = createOpenAIV4({ apiKey: "k" });
  expect(() => asLanguageModel(embedding("tiny"), made)).toThrow("declare it with capabilities: { embed: true }");
  expect(() => asEmbeddingModel(chat("tiny"), made)).toThrow("take embed out of its capabilities");
});
