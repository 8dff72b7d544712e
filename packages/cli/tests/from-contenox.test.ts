import { createFakeOllama, type FakeOllama } from "@catenary/testing";
import { type Served, serve } from "@catenary/testing/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { setUp } from "./original-scripts.ts";
import { partOf } from "./part-of.ts";
import { type Serving, scratchFolder, serving } from "./start-catenary.ts";

const MODELS = {
  EMBED_MODEL: "nomic-embed-text:latest",
  EMBED_PROVIDER: "ollama",
  EMBED_MODEL_CONTEXT_LENGTH: "2048",
  TASK_MODEL: "phi3:3.8b",
  TASK_MODEL_CONTEXT_LENGTH: "2048",
  TASK_PROVIDER: "ollama",
  CHAT_MODEL: "phi3:3.8b",
  CHAT_MODEL_CONTEXT_LENGTH: "2048",
  CHAT_PROVIDER: "ollama",
};
const NAMES = [MODELS.EMBED_MODEL, MODELS.TASK_MODEL];

/** The example of the original's README. */
const QA = {
  input: "What's the best way to optimize database queries?",
  inputType: "string",
  chain: {
    id: "smart-query-assistant",
    description: "Handles technical questions",
    tasks: [
      {
        id: "generate_response",
        description: "Generate final answer",
        handler: "raw_string",
        systemInstruction: "You're a senior engineer.",
        transition: { branches: [{ operator: "default", goto: "end" }] },
      },
    ],
  },
};

async function emptyOllama(): Promise<{ readonly fake: FakeOllama; readonly served: Served }> {
  const fake = createFakeOllama({
    models: [],
    registry: [{ name: MODELS.EMBED_MODEL, capabilities: ["embedding"] }, MODELS.TASK_MODEL],
    answer: ({ text }) => `about ${text}`,
  });
  const served = await serve(fake);
  onTestFinished(() => served.close());
  return { fake, served };
}

/** The commands of the original's README. */
async function followReadme(server: Serving): Promise<void> {
  const executed = await server.ask("POST", "/execute", { prompt: "Explain quantum computing in simple terms" });
  expect(executed).toMatchObject({
    status: 200,
    body: { response: "about Explain quantum computing in simple terms" },
  });
  const asked = await server.ask("POST", "/tasks", QA);
  expect(asked).toMatchObject({ status: 200, body: { output: `about ${QA.input}`, outputType: "string" } });
  expect(partOf(asked.body, "state")).toHaveLength(1);
}

/** What the original's script for its OpenAI demo calls. */
async function setUpDemo(server: Serving): Promise<void> {
  const created = await server.ask("POST", "/taskchains", {
    id: "demo",
    debug: true,
    token_limit: 4096,
    tasks: [
      {
        id: "chat",
        handler: "model_execution",
        system_instruction: "You are kind.",
        execute_config: { model: MODELS.CHAT_MODEL },
        transition: { branches: [{ operator: "default", goto: "format" }] },
      },
      {
        id: "format",
        handler: "convert_to_openai_chat_response",
        transition: { branches: [{ operator: "default", goto: "end" }] },
      },
    ],
  });
  expect(created.status).toBe(201);
  expect((await server.ask("GET", "/openai/demo/v1/models")).status).toBe(200);
  const { status, body } = await server.ask("POST", "/openai/demo/v1/chat/completions", {
    model: MODELS.CHAT_MODEL,
    messages: [{ role: "user", content: "queries" }],
  });
  const content = partOf(body, "choices", 0, "message", "content");
  expect({ status, content }).toEqual({ status: 200, content: "about queries" });
}

describe("what users of contenox/runtime do", { timeout: 60_000 }, () => {
  test("its set-up and its README work against a server that knows no more than its models", async () => {
    const { fake, served } = await emptyOllama();
    const server = await serving(["--data", scratchFolder()], { environment: MODELS });
    await setUp(server, served.url, NAMES);
    expect([...fake.models()].sort()).toEqual([...NAMES].sort());
    await followReadme(server);
    await setUpDemo(server);
    const embedded = await server.ask("POST", "/embed", { text: "hi" });
    expect(partOf(embedded.body, "vector", 0)).toEqual(expect.any(Number));
    expect((await server.ask("GET", "/defaultmodel")).body).toEqual({ modelName: MODELS.EMBED_MODEL });
  });

  test("with OLLAMA_BACKEND_URL one command does it, the set-up still works afterwards, and so does the next start", async () => {
    const { fake, served } = await emptyOllama();
    const folder = scratchFolder();
    const environment = { ...MODELS, OLLAMA_BACKEND_URL: served.url };
    const server = await serving(["--data", folder], { environment });
    await expect.poll(() => fake.models().length, { timeout: 20_000 }).toBe(2);
    const id = await setUp(server, served.url, NAMES);
    await followReadme(server);
    expect(await server.line("download_completed")).toMatchObject({ level: "info", backend: id });
    server.child.kill("SIGKILL");
    await server.ended;

    const again = await serving(["--data", folder], { environment });
    expect((await again.ask("GET", "/backends")).body).toMatchObject([{ id, name: "local-ollama" }]);
    expect(await setUp(again, served.url, NAMES)).toBe(id);
    await followReadme(again);
  });

  test("the models of the environment are declared, each in the group of its role, and the one for embeddings cannot be deleted", async () => {
    const server = await serving(["--no-data"], { environment: MODELS });
    const declared = (await server.ask("GET", "/models")).body;
    expect(declared).toHaveLength(2);
    expect(declared).toContainEqual(
      expect.objectContaining({
        model: "phi3:3.8b",
        contextLength: 2048,
        canChat: true,
        canPrompt: true,
        canEmbed: false,
      }),
    );
    for (const [group, model] of [
      ["internal_embed_group", MODELS.EMBED_MODEL],
      ["internal_tasks_group", MODELS.TASK_MODEL],
      ["internal_chat_group", MODELS.CHAT_MODEL],
    ]) {
      expect((await server.ask("GET", `/model-affinity/${group}/models`)).body).toMatchObject([{ model }]);
    }
    expect((await server.ask("DELETE", `/models/${MODELS.EMBED_MODEL}`)).status).toBe(403);
    expect((await server.ask("DELETE", `/models/${MODELS.TASK_MODEL}`)).status).toBe(200);
  });

  test("an Ollama that moved is followed: the backend keeps its id", async () => {
    const { served } = await emptyOllama();
    const folder = scratchFolder();
    const first = await serving(["--data", folder], { environment: { OLLAMA_BACKEND_URL: "http://127.0.0.1:9" } });
    const before = await first.ask("GET", "/backends");
    first.child.kill("SIGTERM");
    await first.ended;
    const second = await serving(["--data", folder], { environment: { OLLAMA_BACKEND_URL: served.url } });
    const after = await second.ask("GET", "/backends");
    const id = partOf(before.body, 0, "id");
    expect(after.body).toMatchObject([{ id, name: "local-ollama", baseUrl: served.url }]);
  });
});
