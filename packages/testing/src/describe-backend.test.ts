import type { Backend, LanguageModel, LanguageModelStreamPart } from "@catenary/core";
import { describe, expect, it } from "vitest";
import { type BackendTestName, backendTests } from "./describe-backend/backend-tests.ts";
import type { BackendTest, SubjectOptions } from "./describe-backend/subject.ts";
import { describeBackend } from "./describe-backend.ts";
import { createFakeOllama } from "./fake-ollama.ts";
import { scriptedBackend } from "./scripted/scripted-backend.ts";
import { streamOf } from "./stream-of.ts";

const options: SubjectOptions = { chatModel: "scripted", embeddingModel: "scripted" };

describeBackend("scriptedBackend()", {
  ...options,
  create: () => scriptedBackend(),
  skip: [
    { test: "rejects with the reason when a call is aborted while the model answers", reason: "it answers at once" },
    { test: "ends a stream with the reason when it is aborted after its first words", reason: "it answers at once" },
    { test: "takes stop sequences", reason: "it says what its script says" },
    { test: "accepts sampling options", reason: "it says what its script says" },
    {
      test: "says of a model it does not have that it is not there, and names the model",
      reason: "it has every model",
    },
  ],
});

describe("the conformance suite finds a backend that", () => {
  const sound = scriptedBackend();
  const model = sound.languageModel("scripted");
  const withModel = (flawed: Partial<LanguageModel>): Backend => ({
    ...sound,
    languageModel: () => ({ ...model, modelId: "scripted", specificationVersion: "v4", ...flawed }),
  });
  /** A stream whose parts are changed on their way. */
  const changing = (change: (parts: LanguageModelStreamPart[]) => LanguageModelStreamPart[]): Backend =>
    withModel({
      async doStream(call) {
        const result = await model.doStream(call);
        const parts: LanguageModelStreamPart[] = [];
        for await (const part of result.stream) parts.push(part);
        return { ...result, stream: streamOf(change(parts)) };
      },
    });
  const without = (type: LanguageModelStreamPart["type"]) =>
    changing((parts) => parts.filter((part) => part.type !== type));

  const flaws: readonly (readonly [string, BackendTestName, Backend])[] = [
    [
      "lists a model twice",
      "lists the models it serves, each once",
      scriptedBackend({ models: ["scripted", "scripted"] }),
    ],
    ["does not list its model", "lists the models it serves, each once", scriptedBackend({ models: ["other"] })],
    [
      "goes on listing after an abort",
      "rejects with the reason when the list is no longer wanted",
      { ...sound, listModels: async () => [] },
    ],
    ["renames its models", "names its models as it was asked", withModel({ modelId: "other" })],
    [
      "answers nothing",
      "answers a conversation in words",
      withModel({ doGenerate: async (call) => ({ ...(await model.doGenerate(call)), content: [] }) }),
    ],
    [
      "counts no tokens",
      "tells how many tokens an answer took",
      withModel({
        doGenerate: async (call) => {
          const result = await model.doGenerate(call);
          return { ...result, usage: { ...result.usage, outputTokens: { total: 0, text: 0, reasoning: undefined } } };
        },
      }),
    ],
    [
      "never says that a stream is over",
      "streams an answer in order, and ends it with one finish part",
      without("finish"),
    ],
    ["does not start its texts", "streams an answer in order, and ends it with one finish part", without("text-start")],
    ["does not end its texts", "streams an answer in order, and ends it with one finish part", without("text-end")],
    ["streams other words", "streams the words that it answers without streaming", without("text-delta")],
    [
      "ignores an abort",
      "rejects with the reason when a call is aborted before it starts",
      withModel({ doGenerate: ({ abortSignal: _ignored, ...call }) => model.doGenerate(call) }),
    ],
    [
      "ignores the abort of a stream",
      "rejects with the reason when a stream is aborted before it starts",
      withModel({ doStream: ({ abortSignal: _ignored, ...call }) => model.doStream(call) }),
    ],
    [
      "leaves its listener on the signal",
      "leaves no listener of its own on the signal",
      withModel({
        doGenerate: (call) => {
          for (let count = 0; count < 2; count++) call.abortSignal?.addEventListener("abort", () => count);
          return model.doGenerate(call);
        },
      }),
    ],
    [
      "gives every text the same vector",
      "gives the same text the same vector, and another text another",
      scriptedBackend({ replies: Array.from({ length: 2 }, () => ({ embedding: [1, 2] })) }),
    ],
  ];

  it.each(flaws)("%s", async (_flaw, title, backend) => {
    const test: BackendTest = backendTests[title];
    const subject = { ...options, backend, model: backend.languageModel("scripted") };
    await expect(test.run(subject)).rejects.toThrow();
  });

  it("takes a stream that broke off for a whole one", async () => {
    const backend = withModel({});
    const subject = { ...options, backend, model: backend.languageModel("scripted"), server: createFakeOllama() };
    const test: BackendTest = backendTests["does not end a stream that breaks off as if it were whole"];
    await expect(test.run(subject)).rejects.toThrow();
  });
});
