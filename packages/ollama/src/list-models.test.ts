import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, it } from "vitest";
import { ollama } from "./ollama.ts";

const models = [
  { name: "chatty", capabilities: ["completion", "tools", "vision"], contextLength: 4096 },
  { name: "vectors:33m", capabilities: ["embedding"], contextLength: 512, size: 1234 },
] as const;

describe("listModels", () => {
  it("tells what the server tells", async () => {
    const [chatty, vectors] = await ollama({ fetch: createFakeOllama({ models }) }).listModels();
    expect(chatty).toMatchObject({
      id: "chatty:latest",
      contextLength: 4096,
      capabilities: {
        chat: true,
        prompt: true,
        stream: true,
        structuredOutput: true,
        embed: false,
        tools: true,
        vision: true,
      },
    });
    expect(vectors).toMatchObject({
      id: "vectors:33m",
      contextLength: 512,
      size: 1234,
      capabilities: { chat: false, prompt: false, stream: false, structuredOutput: false, embed: true, tools: false },
      details: { family: "bert" },
    });
  });

  it("lets what was declared win, by the name with or without `latest`", async () => {
    const backend = ollama({
      fetch: createFakeOllama({ models }),
      models: {
        chatty: { contextLength: 1000, capabilities: { tools: false } },
        "vectors:33m": { capabilities: { embed: false } },
      },
    });
    const [chatty, vectors] = await backend.listModels();
    expect(chatty).toMatchObject({ contextLength: 1000, capabilities: { tools: false, chat: true } });
    expect(vectors).toMatchObject({ contextLength: 512, capabilities: { embed: false } });
  });

  it("asks about each model once for each digest", async () => {
    const fake = createFakeOllama({ models });
    const shows = () => fake.requests.filter((request) => request.path === "/api/show").length;
    const backend = ollama({ fetch: fake });
    await backend.listModels();
    await backend.listModels();
    expect(shows()).toBe(2);
    await fake("http://127.0.0.1/api/copy", {
      method: "POST",
      body: JSON.stringify({ source: "chatty", destination: "same-digest" }),
    });
    expect(await backend.listModels()).toHaveLength(3);
    expect(shows()).toBe(3);
    await backend.listModels();
    expect(shows()).toBe(3);
  });

  it("lists a model that the server cannot show, without saying what it can do, and asks again next time", async () => {
    const fake = createFakeOllama({ models: ["chatty"] });
    let shows = 0;
    const backend = ollama({
      fetch: async (input, init) => {
        const isFirstShow = String(input).endsWith("/api/show") && shows++ === 0;
        return isFirstShow ? new Response("{}", { status: 500 }) : fake(input, init);
      },
    });
    const [first] = await backend.listModels();
    expect(first?.id).toBe("chatty:latest");
    expect(first).not.toHaveProperty("capabilities");
    const [second] = await backend.listModels();
    expect(second).toHaveProperty("capabilities.chat", true);
  });

  it("never asks about more than four models at the same time", async () => {
    const fake = createFakeOllama({ models: Array.from({ length: 20 }, (_, index) => `model-${index}`) });
    let running = 0;
    let most = 0;
    const backend = ollama({
      fetch: async (input, init) => {
        if (!String(input).endsWith("/api/show")) return fake(input, init);
        most = Math.max(most, ++running);
        return fake(input, init).finally(() => running--);
      },
    });
    const names = (await backend.listModels()).map((model) => model.id);
    expect(names).toEqual(fake.models());
    expect(most).toBe(4);
  });

  it("rejects with the reason when it is aborted while the server is asked about a model", async () => {
    const fake = createFakeOllama({ models });
    const controller = new AbortController();
    const reason = new Error("the user left");
    const backend = ollama({
      fetch: (input, init) => {
        if (String(input).endsWith("/api/show")) {
          fake.faults.next({ kind: "hang" });
          queueMicrotask(() => controller.abort(reason));
        }
        return fake(input, init);
      },
    });
    await expect(backend.listModels({ signal: controller.signal })).rejects.toBe(reason);
  });

  it("says what to do where nothing answers", async () => {
    const gone = await serve(createFakeOllama());
    await gone.close();
    const backend = ollama({ baseUrl: gone.url });
    const place = gone.url.replace("http://", "");
    await expect(backend.listModels()).rejects.toMatchObject({ failure: "network", code: "model_failed" });
    await expect(backend.listModels()).rejects.toThrow(
      `nothing answers on ${place}: start Ollama with \`ollama serve\`, or set OLLAMA_HOST`,
    );
  });

  it("says that the address is wrong where its name cannot be resolved", async () => {
    const cause = Object.assign(new Error("getaddrinfo ENOTFOUND gpu.test"), { code: "ENOTFOUND" });
    const fetch = async () => {
      throw new TypeError("fetch failed", { cause });
    };
    const error = await ollama({ baseUrl: "http://gpu.test:1", fetch })
      .listModels()
      .catch((caught: unknown) => caught);
    expect(error).toMatchObject({ failure: "network" });
    expect(String(error)).toContain("the name of the host in gpu.test:1 cannot be resolved: check OLLAMA_HOST");
  });

  it("says so where the address is not that of an Ollama server", async () => {
    const page = ollama({ fetch: async () => new Response("<html>hello</html>") });
    await expect(page.listModels()).rejects.toThrow("Is it the root of an Ollama server?");
    const other = ollama({ fetch: async () => new Response("404 page not found", { status: 404 }) });
    await expect(other.listModels()).rejects.toThrow("Is baseUrl the root of an Ollama server?");
  });

  it("tells which models the server has in memory", async () => {
    const fake = createFakeOllama({ models });
    const backend = ollama({ fetch: fake });
    const loaded = async () => (await backend.listModels()).map((model) => [model.id, model.loaded]);
    expect(await loaded()).toEqual([
      ["chatty:latest", false],
      ["vectors:33m", false],
    ]);
    await backend
      .languageModel("chatty")
      .doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] });
    expect(await loaded()).toEqual([
      ["chatty:latest", true],
      ["vectors:33m", false],
    ]);
  });

  it("says nothing of memory where the server does not tell", async () => {
    const fake = createFakeOllama({ models });
    const backend = ollama({
      fetch: async (input, init) =>
        String(input).endsWith("/api/ps") ? new Response("404 page not found", { status: 404 }) : fake(input, init),
    });
    for (const model of await backend.listModels()) expect(model).not.toHaveProperty("loaded");
  });
});
