import { createFakeGemini } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { gemini } from "./gemini.ts";
import type { GeminiSettings } from "./settings.ts";

const generates = { chat: true, prompt: true, stream: true, structuredOutput: true };

function list(models: GeminiSettings["models"], fake = createFakeGemini()) {
  return gemini({ apiKey: "k", fetch: fake, ...(models !== undefined && { models }) }).listModels();
}

function answering(...bodies: readonly unknown[]) {
  const left = [...bodies];
  return gemini({ apiKey: "k", fetch: async () => Response.json(left.length > 1 ? left.shift() : left[0]) });
}

describe("the models of a backend", () => {
  test("are what the server lists, without `models/`, with their limits and what they can be asked", async () => {
    expect(await list(undefined)).toEqual([
      {
        id: "gemini-2.5-flash",
        contextLength: 1_048_576,
        capabilities: { ...generates, embed: false },
        details: { version: "001", displayName: "gemini-2.5-flash", outputTokenLimit: 65_536 },
      },
      {
        id: "gemini-embedding-001",
        contextLength: 2048,
        capabilities: { chat: false, prompt: false, stream: false, structuredOutput: false, embed: true },
        details: { version: "001", displayName: "gemini-embedding-001", outputTokenLimit: 1 },
      },
    ]);
  });

  test("are read page by page", async () => {
    const fake = createFakeGemini({ models: ["a", "b", "c", "d", "e"], pageSize: 2 });
    expect((await list(undefined, fake)).map(({ id }) => id)).toEqual(["a", "b", "c", "d", "e"]);
    expect(fake.requests.map(({ path }) => path)).toEqual([
      "/v1beta/models?pageSize=1000",
      "/v1beta/models?pageSize=1000&pageToken=after-2",
      "/v1beta/models?pageSize=1000&pageToken=after-4",
    ]);
  });

  test("that can do neither are there, and are not asked", async () => {
    const [video, live] = await list(
      undefined,
      createFakeGemini({
        models: [
          { id: "veo", methods: ["predictLongRunning"] },
          { id: "live", methods: ["streamGenerateContent"] },
        ],
      }),
    );
    expect(video?.capabilities).toEqual({
      chat: false,
      prompt: false,
      stream: false,
      structuredOutput: false,
      embed: false,
    });
    expect(live?.capabilities).toMatchObject({ chat: false, stream: true });
  });

  test("get what was declared about them, and what was declared wins", async () => {
    const listed = await list({
      "models/gemini-2.5-flash": { contextLength: 1000, capabilities: { structuredOutput: false, vision: true } },
      "tuned/hidden": { contextLength: 10 },
      vectors: { capabilities: { embed: true } },
    });
    expect(listed.map(({ id, contextLength, capabilities }) => ({ id, contextLength, capabilities }))).toEqual([
      {
        id: "gemini-2.5-flash",
        contextLength: 1000,
        capabilities: { ...generates, structuredOutput: false, vision: true, embed: false },
      },
      expect.objectContaining({ id: "gemini-embedding-001" }),
      { id: "tuned/hidden", contextLength: 10, capabilities: generates },
      { id: "vectors", contextLength: undefined, capabilities: { embed: true } },
    ]);
  });

  test("are a declared list alone, and then no request is made", async () => {
    const fake = createFakeGemini();
    expect(await list(["models/a", { id: "e", capabilities: { embed: true } }], fake)).toEqual([
      { id: "a", capabilities: generates },
      { id: "e", capabilities: { embed: true } },
    ]);
    expect(fake.requests).toEqual([]);
  });

  test("are none where the server lists none, which Google writes as an empty object", async () => {
    expect(await answering({}).listModels()).toEqual([]);
    expect(await answering({ models: [] }).listModels()).toEqual([]);
  });

  test("are listed though the server adds what nobody can read", async () => {
    const odd = {
      name: "models/m",
      inputTokenLimit: "many",
      displayName: 7,
      supportedGenerationMethods: "all",
      new: {},
    };
    expect(await answering({ models: [odd], more: true }).listModels()).toEqual([{ id: "m", capabilities: generates }]);
  });

  test.each([[{ pong: true }], [{ models: [{}] }], ["text"], [[]]])(
    "are not read out of %j, and the error asks for the address",
    async (body) => {
      await expect(answering(body).listModels()).rejects.toMatchObject({ failure: "reply" });
      await expect(answering(body).listModels()).rejects.toThrow(
        "https://generativelanguage.googleapis.com/v1beta/models did not answer with a list of models. Is baseUrl where the API is?",
      );
    },
  );

  test("are not asked for without end", async () => {
    const same = { models: [], nextPageToken: "again" };
    await expect(answering(same).listModels()).rejects.toThrow("began its list of models again, or does not end it");
    let asked = 0;
    const endless = async () => Response.json({ models: [], nextPageToken: String(asked++) });
    await expect(gemini({ apiKey: "k", fetch: endless }).listModels()).rejects.toMatchObject({ failure: "reply" });
    expect(asked).toBe(100);
  });

  test("are no longer asked for once nobody wants them", async () => {
    const controller = new AbortController();
    const reason = { why: "enough" };
    const fake = createFakeGemini({ models: ["a", "b"], pageSize: 1 });
    const backend = gemini({
      apiKey: "k",
      fetch: async (input, init) => {
        const page = await fake(input, init);
        controller.abort(reason);
        return page;
      },
    });
    const failed = await backend.listModels({ signal: controller.signal }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failed).toBe(reason);
    expect(fake.requests).toHaveLength(1);
  });
});
