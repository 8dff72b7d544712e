import { createFakeOpenAI } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import type { ServerSettings } from "./settings.ts";
import { vllm, vllmType } from "./vllm.ts";

const can = { chat: true, stream: true, structuredOutput: true };

function list(models: ServerSettings["models"], fake = createFakeOpenAI()) {
  return openai({ apiKey: "k", fetch: fake, ...(models !== undefined && { models }) }).listModels();
}

function answering(body: unknown) {
  return openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", fetch: async () => Response.json(body) });
}

describe("the models of a backend", () => {
  test("are what the server lists; what embeds is not guessed from a name", async () => {
    const listed = await list(undefined);
    expect(listed.map(({ id, capabilities }) => ({ id, capabilities }))).toEqual([
      { id: "gpt-4o-mini", capabilities: can },
      { id: "text-embedding-3-small", capabilities: can },
    ]);
    expect(listed[0]).toMatchObject({ modifiedAt: "2023-11-14T22:13:20.000Z", details: { ownedBy: "system" } });
  });

  test("get what was declared about them, and what was declared wins", async () => {
    const listed = await list({
      "text-embedding-3-small": { capabilities: { embed: true } },
      "gpt-4o-mini": { contextLength: 128_000, capabilities: { structuredOutput: false, vision: true } },
      "ft:hidden": { contextLength: 10 },
    });
    expect(listed.map(({ id, contextLength, capabilities }) => ({ id, contextLength, capabilities }))).toEqual([
      { id: "gpt-4o-mini", contextLength: 128_000, capabilities: { ...can, structuredOutput: false, vision: true } },
      { id: "text-embedding-3-small", contextLength: undefined, capabilities: { embed: true } },
      { id: "ft:hidden", contextLength: 10, capabilities: can },
    ]);
  });

  test("are a declared list alone, and then no request is made", async () => {
    const fake = createFakeOpenAI();
    const listed = await list(["a", { id: "e", capabilities: { embed: true } }], fake);
    expect(listed).toEqual([
      { id: "a", capabilities: can },
      { id: "e", capabilities: { embed: true } },
    ]);
    expect(fake.requests).toEqual([]);
  });

  test("of an unknown server are not said to obey schemas unless the settings say so", async () => {
    const fetch = createFakeOpenAI();
    const silent = openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", fetch });
    expect((await silent.listModels())[0]?.capabilities).toEqual({ chat: true, stream: true });
    const told = openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", fetch, structuredOutput: true });
    expect((await told.listModels())[0]?.capabilities).toEqual(can);
  });

  test.each(["max_model_len", "context_window", "context_length", "max_context_length"])(
    "have the context length that the server calls %s",
    async (field) => {
      expect(await answering({ data: [{ id: "m", [field]: 4096 }] }).listModels()).toMatchObject([
        { contextLength: 4096 },
      ]);
    },
  );

  test("embed where the server says so", async () => {
    const [model] = await answering({ data: [{ id: "m", type: "embedding" }] }).listModels();
    expect(model?.capabilities).toEqual({ embed: true, chat: false });
  });

  test("are listed though the server adds what nobody can read", async () => {
    const odd = { id: "m", created: "yesterday", owned_by: null, max_model_len: "many", type: 7 };
    expect(await answering({ data: [odd] }).listModels()).toEqual([
      { id: "m", capabilities: { chat: true, stream: true } },
    ]);
  });
});

describe("vllm()", () => {
  const models = [{ id: "org/model", contextLength: 2048 }];

  test.each(["http://h:8000", "http://h:8000/", "http://h:8000/v1", "http://h:8000/v1/"])(
    "takes %s as its address, and tells the context length",
    async (baseUrl) => {
      const backend = vllm({ baseUrl, fetch: createFakeOpenAI({ dialect: "vllm", models }) });
      expect(backend).toMatchObject({ id: "vllm", type: "vllm", baseUrl: "http://h:8000/v1" });
      expect(await backend.listModels()).toMatchObject([{ id: "org/model", contextLength: 2048, capabilities: can }]);
    },
  );

  test("sends topK, which vLLM knows", async () => {
    const fake = createFakeOpenAI({ dialect: "vllm", models });
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
    const result = await vllm({ baseUrl: "http://h", fetch: fake })
      .languageModel("org/model")
      .doGenerate({ prompt, topK: 5 });
    expect(fake.requests[0]?.body).toMatchObject({ top_k: 5 });
    expect(result.warnings).toEqual([]);
  });

  test("asks for the tokens of a stream", async () => {
    const fake = createFakeOpenAI({ dialect: "vllm", models });
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
    await vllm({ baseUrl: "http://h", fetch: fake }).languageModel("org/model").doStream({ prompt });
    expect(fake.requests[0]?.body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
  });

  test("opens a stored record, and refuses one without an address", async () => {
    const fetch = createFakeOpenAI({ dialect: "vllm", models, apiKey: "k" });
    const backend = vllmType.open({ id: "stored", baseUrl: "http://h:8000", apiKey: "k" }, { fetch });
    expect(await backend.listModels()).toHaveLength(1);
    expect(() => vllmType.open({ id: "stored" }, { fetch })).toThrow(
      /baseUrl must be .* http:\/\/127\.0\.0\.1:8000, got ""/,
    );
  });
});

/** A server that answers some routes and refuses all others. */
function serving(routes: Readonly<Record<string, unknown>>, baseUrl = "http://x.test/v1") {
  const asked: string[] = [];
  const backend = openaiCompatible({
    id: "x",
    baseUrl,
    fetch: async (input) => {
      const { pathname } = new URL(String(input));
      asked.push(pathname);
      return pathname in routes ? Response.json(routes[pathname]) : new Response("not found", { status: 404 });
    },
  });
  return { backend, asked };
}

describe("LM Studio", () => {
  const data = [
    { id: "qwen", owned_by: "organization_owner" },
    { id: "nomic", owned_by: "organization_owner" },
    { id: "llava", owned_by: "organization_owner" },
  ];
  const extras = [
    {
      id: "qwen",
      type: "llm",
      state: "loaded",
      max_context_length: 32768,
      loaded_context_length: 4096,
      capabilities: ["tool_use"],
    },
    { id: "nomic", type: "embeddings", state: "not-loaded", max_context_length: 2048 },
    { id: "llava", type: "vlm", state: "not-loaded", max_context_length: 8192, capabilities: [] },
  ];

  test("tells on a route of its own what a model can do, how it was loaded, and whether it is", async () => {
    const { backend, asked } = serving({ "/v1/models": { data }, "/api/v0/models": { data: extras } });
    expect(await backend.listModels()).toMatchObject([
      {
        id: "qwen",
        contextLength: 4096,
        loaded: true,
        capabilities: { chat: true, tools: true, embed: false, vision: false },
      },
      { id: "nomic", contextLength: 2048, loaded: false, capabilities: { chat: false, embed: true } },
      { id: "llava", contextLength: 8192, loaded: false, capabilities: { chat: true, tools: false, vision: true } },
    ]);
    expect(asked).toEqual(["/v1/models", "/api/v0/models"]);
  });

  test("is listed as any other server where it does not answer there, or answers with something else", async () => {
    for (const routes of [{}, { "/api/v0/models": { data: "none" } }]) {
      const { backend } = serving({ "/v1/models": { data }, ...routes });
      expect((await backend.listModels())[0]).toMatchObject({ id: "qwen", capabilities: { chat: true, stream: true } });
    }
  });
});

describe("llama.cpp's server", () => {
  const data = [{ id: "model.gguf", owned_by: "llamacpp", meta: { n_ctx_train: 131072 } }];

  test("tells with how much context it runs, and whether it sees", async () => {
    const props = { default_generation_settings: { n_ctx: 8192 }, modalities: { vision: true, audio: false } };
    const { backend } = serving({ "/v1/models": { data }, "/props": props });
    expect(await backend.listModels()).toMatchObject([
      { id: "model.gguf", contextLength: 8192, loaded: true, capabilities: { chat: true, vision: true } },
    ]);
  });

  test("has at most what its model was trained with, where it does not tell more", async () => {
    const { backend } = serving({ "/v1/models": { data } });
    expect(await backend.listModels()).toMatchObject([{ id: "model.gguf", contextLength: 131072 }]);
  });
});

test("a server that does not say to be one of these is asked for its list and for nothing else", async () => {
  const { backend, asked } = serving({ "/v1/models": { data: [{ id: "m", owned_by: "somebody" }] } });
  await backend.listModels();
  expect(asked).toEqual(["/v1/models"]);
});

test("giving up while a server is asked for more gives the list up", async () => {
  const controller = new AbortController();
  const stopped = new Error("enough");
  const backend = openaiCompatible({
    id: "x",
    baseUrl: "http://x.test/v1",
    fetch: async (input) => {
      if (String(input).endsWith("/v1/models")) return Response.json({ data: [{ id: "m", owned_by: "llamacpp" }] });
      controller.abort(stopped);
      throw stopped;
    },
  });
  await expect(backend.listModels({ signal: controller.signal })).rejects.toBe(stopped);
});

test("a server that lists nothing at an address without a version is a reason to look at the address", async () => {
  const fetch = async () => new Response("no such page", { status: 404 });
  const failure = async (baseUrl: string) =>
    String(
      await openaiCompatible({ id: "a", baseUrl, fetch })
        .listModels()
        .catch((error: unknown) => error),
    );
  expect(await failure("http://127.0.0.1:1234")).toContain('Does the baseUrl of the backend "a" lack its /v1?');
  expect(await failure("http://127.0.0.1:1234/v1")).not.toContain("lack");
});
