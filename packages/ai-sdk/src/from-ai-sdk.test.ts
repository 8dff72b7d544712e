import { createOpenAI } from "@ai-sdk/openai";
import { createRuntime } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { createOpenAI as createOpenAIV1 } from "ai-sdk-openai-v1";
import { createOpenAI as createOpenAIV2 } from "ai-sdk-openai-v2";
import { describe, expect, test, vi } from "vitest";
import { textPrompt } from "../tests/calls.ts";
import { fromAISDK } from "./from-ai-sdk.ts";
import type { AISDKSource } from "./provider.ts";
import type { AISDKSettings } from "./settings.ts";

const models = ["gpt-4o-mini", { id: "text-embedding-3-small", capabilities: { embed: true } }];

describe("a source", () => {
  const server = createFakeOpenAI();
  const openai = createOpenAI({ apiKey: "k", fetch: server });
  const older = createOpenAIV2({ apiKey: "k", fetch: server });

  test.each([
    ["an object that makes models", { languageModel: openai.chat, embeddingModel: openai.embeddingModel }],
    ["an older one, which calls it textEmbeddingModel", { ...older, languageModel: older.chat }],
    [
      "a function from names to models",
      (id: string) => (id.startsWith("text-") ? openai.embedding(id) : openai.chat(id)),
    ],
    ["a callable provider", Object.assign((id: string) => openai.chat(id), openai, { languageModel: openai.chat })],
  ])("may be %s", async (_kind, source) => {
    const runtime = createRuntime({ backends: [fromAISDK(source, { id: "any", models })] });
    const call = { model: "gpt-4o-mini" };
    expect(await runtime.prompt("hi", call)).toMatchObject({
      text: "This is gpt-4o-mini. You said: hi",
      backend: "any",
    });
    expect((await runtime.embed("hi")).vector).toHaveLength(1536);
  });

  test("keeps what its methods need to find", async () => {
    class Provider {
      readonly #openai = openai;
      languageModel(id: string) {
        return this.#openai.chat(id);
      }
      embeddingModel(id: string) {
        return this.#openai.embedding(id);
      }
    }
    const backend = fromAISDK(new Provider(), { id: "any", models });
    await backend.languageModel("gpt-4o-mini").doGenerate({ prompt: textPrompt });
    await backend.embeddingModel?.("text-embedding-3-small").doEmbed({ values: ["a"] });
  });

  test("without embedding models makes a backend without them", () => {
    const source = { languageModel: openai.chat };
    expect(fromAISDK(source, { id: "any", models: ["gpt-4o-mini"] }).embeddingModel).toBeUndefined();
    expect(() => fromAISDK(source, { id: "any", models })).toThrow(
      'the backend "any" declares that "text-embedding-3-small" embeds, and its provider makes no embedding models.',
    );
  });

  test("of a version that is not understood is refused, at once where the provider tells it", () => {
    const newer = { ...openai, specificationVersion: "v9" };
    expect(() => fromAISDK(newer, { id: "any", models })).toThrow(
      expect.objectContaining({
        code: "settings_invalid",
        message: `the provider of the backend "any" has the version v9 of the AI SDK's provider specification, and v2, v3 and v4 are understood.`,
      }),
    );
  });

  test("of the first version is refused at the first call, before anything is sent", async () => {
    const first = createOpenAIV1({ apiKey: "k", fetch: server });
    // @ts-expect-error Models of v1 have another shape.
    const old = fromAISDK(first, { id: "old", models: ["gpt-4o-mini"] });
    const asked = server.requests.length;
    await expect(createRuntime({ backends: [old] }).prompt("hi", { model: "gpt-4o-mini" })).rejects.toMatchObject({
      code: "model_failed",
      failure: "chain",
      message: expect.stringContaining("specification v1, and v2, v3 and v4 are understood"),
    });
    expect(server.requests).toHaveLength(asked);
  });

  test.each([
    [openai.chat("gpt-4o-mini"), "one of its models: give the provider itself, or a function"],
    [undefined, "a value of the type undefined"],
    [null, "a value of the type null"],
    ["openai", "a value of the type string"],
    [{}, "a value of the type object"],
  ])("that is %s is refused", (source, words) => {
    // Safe: programs are not all written in TypeScript.
    expect(() => fromAISDK(source as AISDKSource, { id: "any", models: ["m"] })).toThrow(words);
  });
});

describe("settings", () => {
  const make = (settings: object) => () => fromAISDK(createOpenAI({ apiKey: "k" }), settings as AISDKSettings);

  test.each([
    [{ models }, "needs an id"],
    [{ id: "", models }, "got an empty text"],
    [{ id: "any" }, 'the backend "any" does not say what it serves: give it models: ["…"], or listModels.'],
    [{ id: "any", models: "gpt-4o-mini" }, "must be a list, and is a value of the type string"],
    [{ id: "any", models: [{}] }, "must be a name, or an object with its id"],
    [{ id: "any", models: [""] }, "must be a name, or an object with its id"],
    [{ id: "any", models: [null] }, "must be a name, or an object with its id"],
    [{ id: "any", models: ["m", { id: "m" }] }, 'declares the model "m" twice'],
    [{ id: "any", listModels: ["m"] }, 'listModels of the backend "any" must be a function'],
  ])("%j are refused", (settings, words) => {
    expect(make(settings)).toThrow(
      expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining(words) }),
    );
  });

  test("name the backend; a chain may ask for it by its id where no type is given", () => {
    expect(make({ id: "mistral", models })()).toMatchObject({ id: "mistral", type: "mistral" });
    expect(make({ id: "mistral", models })()).not.toHaveProperty("name");
    const all = { id: "a", type: "mistral", name: "The first", routing: { priority: 1 }, models };
    expect(make(all)()).toMatchObject({ id: "a", type: "mistral", name: "The first", routing: { priority: 1 } });
  });
});

describe("the list of models", () => {
  const list = async (settings: Omit<AISDKSettings, "id">) =>
    // Safe: each of the cases has models, or a function that tells them.
    fromAISDK(createOpenAI({ apiKey: "k" }), { id: "any", ...settings } as AISDKSettings).listModels();

  test("is what was declared, and nothing is guessed from names", async () => {
    expect(await list({ models })).toEqual([
      { id: "gpt-4o-mini" },
      { id: "text-embedding-3-small", capabilities: { embed: true } },
    ]);
  });

  test("has what all models that answer can do, unless one says otherwise", async () => {
    const capabilities = { tools: true, structuredOutput: true };
    const some = [{ id: "a", contextLength: 5, capabilities: { tools: false } }, ...models];
    expect(await list({ models: some, capabilities })).toEqual([
      { id: "a", contextLength: 5, capabilities: { tools: false, structuredOutput: true } },
      { id: "gpt-4o-mini", capabilities },
      { id: "text-embedding-3-small", capabilities: { embed: true } },
    ]);
  });

  test("is asked for where a function tells it, and what is declared beside it wins", async () => {
    const listModels = async () => ["a", { id: "b", contextLength: 5, capabilities: { tools: true, vision: true } }];
    expect(await list({ listModels })).toEqual([
      { id: "a" },
      { id: "b", contextLength: 5, capabilities: { tools: true, vision: true } },
    ]);
    expect(
      await list({ listModels, models: ["c", { id: "b", contextLength: 9, capabilities: { tools: false } }] }),
    ).toEqual([{ id: "a" }, { id: "b", contextLength: 9, capabilities: { tools: false, vision: true } }, { id: "c" }]);
  });

  test("gets the signal, and rejects with its reason", async () => {
    const controller = new AbortController();
    const listModels = vi.fn(async ({ signal }: { readonly signal?: AbortSignal }) => {
      controller.abort(new Error("enough"));
      signal?.throwIfAborted();
      return [];
    });
    const backend = fromAISDK(createOpenAI({ apiKey: "k" }), { id: "any", listModels });
    await expect(backend.listModels({ signal: controller.signal })).rejects.toThrow("enough");
    await expect(backend.listModels({ signal: controller.signal })).rejects.toThrow("enough");
    expect(listModels).toHaveBeenCalledTimes(1);
  });

  test("that comes after it was no longer wanted is not taken", async () => {
    const controller = new AbortController();
    const listModels = async () => {
      controller.abort(new Error("enough"));
      return ["too late"];
    };
    const backend = fromAISDK(createOpenAI({ apiKey: "k" }), { id: "any", listModels });
    await expect(backend.listModels({ signal: controller.signal })).rejects.toThrow("enough");
  });

  test("that is none, or that cannot be had, is an error that says whose", async () => {
    for (const told of [undefined, "m", [{}], [5]]) {
      // Safe: programs are not all written in TypeScript.
      const listModels = (() => told) as never;
      await expect(list({ listModels })).rejects.toMatchObject({
        failure: "reply",
        message: expect.stringContaining('listModels of the backend "any" was to tell a list of names'),
      });
    }
    const listModels = () => Promise.reject(Object.assign(new Error("slow down"), { statusCode: 429 }));
    await expect(list({ listModels })).rejects.toMatchObject({
      failure: "rate_limit",
      message: "the list of models on any answered 429: slow down",
      details: { backend: "any", status: 429 },
    });
  });
});

test("nothing is sent, and no model made, before somebody asks for one", async () => {
  const make = vi.fn((id: string) => createOpenAI({ apiKey: "k" }).chat(id));
  await fromAISDK(make, { id: "any", models: ["m"] }).listModels();
  expect(make).not.toHaveBeenCalled();
});

test("a call that is aborted before it begins is not made", async () => {
  const fetch = vi.fn(async () => Response.json({}));
  const openai = createOpenAI({ apiKey: "k", fetch });
  const backend = fromAISDK({ languageModel: openai.chat, embeddingModel: openai.embedding }, { id: "any", models });
  const abortSignal = AbortSignal.abort(new Error("enough"));
  const model = backend.languageModel("m");
  for (const call of [
    () => model.doGenerate({ prompt: textPrompt, abortSignal }),
    () => model.doStream({ prompt: textPrompt, abortSignal }),
    async () => backend.embeddingModel?.("m").doEmbed({ values: ["a"], abortSignal }),
  ]) {
    await expect(call()).rejects.toThrow("enough");
  }
  expect(fetch).not.toHaveBeenCalled();
});

test("a model has the name by which it was asked for, whatever its provider calls it", () => {
  const { chat, embedding } = createOpenAI({ apiKey: "k" });
  const source = {
    languageModel: (id: string) => chat(`deployment-of-${id}`),
    embeddingModel: (id: string) => embedding(`deployment-of-${id}`),
  };
  const backend = fromAISDK(source, { id: "any", models: ["m"] });
  expect(backend.languageModel("m")).toMatchObject({ modelId: "m", provider: "openai.chat" });
  expect(backend.embeddingModel?.("m")).toMatchObject({ modelId: "m", provider: "openai.embedding" });
});

test("what a provider throws when it is asked for a model is one of our errors", () => {
  const failing = () => {
    throw Object.assign(new Error("no such model: x"), { name: "AI_NoSuchModelError" });
  };
  const backend = fromAISDK(failing, { id: "any", models: ["x"] });
  expect(() => backend.languageModel("x")).toThrow(expect.objectContaining({ failure: "unavailable" }));
  expect(() => backend.embeddingModel?.("x")).toThrow("x on any failed: no such model: x");
});
