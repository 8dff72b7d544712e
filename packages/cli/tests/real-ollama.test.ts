import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createOpenAI } from "@ai-sdk/openai";
import { embed, generateText, streamText } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { partOf } from "./part-of.ts";
import { type Serving, serving } from "./start-catenary.ts";

/** A real Ollama with two small models: what clients are answered through a server, from end to end. */
const ollamaUrl = process.env.CATENARY_OLLAMA_URL ?? "http://127.0.0.1:11434";
const CHAT = "smollm2:135m";
const EMBEDDER = "all-minilm:latest";

async function whyNotRun(): Promise<string | undefined> {
  try {
    const response = await fetch(`${ollamaUrl}/api/tags`, { signal: AbortSignal.timeout(5_000) });
    const { models } = await response.json();
    const missing = [CHAT, EMBEDDER].filter((name) => !models.some((one: { name: string }) => one.name === name));
    return missing.length === 0 ? undefined : `Ollama at ${ollamaUrl} has no ${missing.join(" and no ")}`;
  } catch (error) {
    return `nothing answers as Ollama at ${ollamaUrl}: ${String(error)}`;
  }
}

const required = (process.env.CATENARY_REQUIRE ?? "").split(",").map((name) => name.trim());
const notRun = await whyNotRun();
if (notRun !== undefined) {
  if (required.includes("ollama"))
    throw new Error(`the server on a real Ollama is required, but cannot run: ${notRun}`);
  console.log(`not run: the server on a real Ollama: ${notRun}`);
}

const run = promisify(execFile);
const python = process.env.CATENARY_PYTHON ?? "python3";
const noPython = await run(python, ["-c", "import openai"]).then(
  () => undefined,
  () => `${python} has no package openai; pip install openai, or name a Python that has it in CATENARY_PYTHON`,
);
if (noPython !== undefined) {
  if (required.includes("python"))
    throw new Error(`OpenAI's client for Python is required, but cannot run: ${noPython}`);
  console.log(`not run: OpenAI's client for Python on a real Ollama: ${noPython}`);
}

/** The example of contenox/runtime's README; its own file is taken where it lies beside the repository. */
const theirs = new URL("../../../../shared/spec/original/qa.json", import.meta.url);
const QA: object = existsSync(theirs)
  ? JSON.parse(readFileSync(theirs, "utf8"))
  : {
      input: "What's the best way to optimize database queries?",
      inputType: "string",
      chain: {
        id: "smart-query-assistant",
        tasks: [
          {
            id: "generate_response",
            handler: "raw_string",
            systemInstruction:
              "You're a senior engineer. Provide concise, professional answers to technical questions.",
            transition: { branches: [{ operator: "default", goto: "end" }] },
          },
        ],
      },
    };

/** Its own question is answered with half a page. */
const BRIEF_QA = process.env.CATENARY_LONG ? QA : { ...QA, input: "Say hello." };

const DEMO = {
  id: "demo",
  tasks: [
    {
      id: "chat",
      handler: "model_execution",
      execute_config: { model: CHAT },
      transition: { branches: [{ operator: "default", goto: "format" }] },
    },
    {
      id: "format",
      handler: "convert_to_openai_chat_response",
      transition: { branches: [{ operator: "default", goto: "end" }] },
    },
  ],
};

const messages = [{ role: "user" as const, content: "Say hello." }];
/** The README's prompts have no limit of tokens, and a schema slows a model down: beside other work they take minutes. */
const UNDER_LOAD_MS = 300_000;

const SHORT = { model: CHAT, messages, max_tokens: 12 };

describe.skipIf(notRun !== undefined)(
  `catenary serve on a real Ollama${notRun === undefined ? "" : ` (not run: ${notRun})`}`,
  () => {
    let server: Serving;
    let stop = () => {};
    let client: OpenAI;
    beforeAll(async () => {
      const environment = {
        OLLAMA_BACKEND_URL: ollamaUrl,
        EMBED_MODEL: EMBEDDER,
        EMBED_PROVIDER: "ollama",
        EMBED_MODEL_CONTEXT_LENGTH: "512",
        TASK_MODEL: CHAT,
        TASK_PROVIDER: "ollama",
        TASK_MODEL_CONTEXT_LENGTH: "2048",
        CHAT_MODEL: CHAT,
        CHAT_PROVIDER: "ollama",
        CHAT_MODEL_CONTEXT_LENGTH: "2048",
      };
      const onEnd = (end: () => void) => {
        stop = end;
      };
      server = await serving(["--no-data"], { environment, onEnd });
      client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none", maxRetries: 0 });
    }, 60_000);
    afterAll(() => stop());

    test("the commands of contenox/runtime's README are answered", { timeout: UNDER_LOAD_MS }, async () => {
      const executed = await server.ask("POST", "/execute", { prompt: "Name one colour." });
      expect(executed).toMatchObject({ status: 200, body: { model: CHAT, response: expect.stringMatching(/\w/) } });
      const asked = await server.ask("POST", "/tasks", BRIEF_QA);
      expect(asked).toMatchObject({ status: 200, body: { outputType: "string", output: expect.stringMatching(/\w/) } });
      expect((await server.ask("POST", "/taskchains", DEMO)).status).toBe(201);
      expect(partOf((await server.ask("GET", "/openai/demo/v1/models")).body, "data")).toHaveLength(2);
      const chat = await server.ask("POST", "/openai/demo/v1/chat/completions", SHORT);
      expect(chat).toMatchObject({
        status: 200,
        body: { object: "chat.completion", usage: { prompt_tokens: expect.any(Number) } },
      });
      expect(partOf((await server.ask("POST", "/embed", { text: "hi" })).body, "vector")).toHaveLength(384);
      expect((await server.ask("GET", "/defaultmodel")).body).toEqual({ modelName: EMBEDDER });
    });

    test("OpenAI's client reads answers, streams, a schema's answer, vectors, models and errors", {
      timeout: UNDER_LOAD_MS,
    }, async () => {
      const whole = await client.chat.completions.create(SHORT);
      expect(whole.choices[0]?.message.content).toMatch(/\w/);
      expect(whole).toMatchObject({ model: CHAT, usage: { total_tokens: expect.any(Number) } });
      const streamed = client.chat.completions.stream({ ...SHORT, stream_options: { include_usage: true } });
      const final = await streamed.finalChatCompletion();
      expect(final.choices[0]?.message.content).toMatch(/\w/);
      expect(final.usage?.completion_tokens).toBeGreaterThan(0);

      const schema = {
        type: "object",
        properties: { colour: { type: "string", enum: ["red", "green"] } },
        required: ["colour"],
        additionalProperties: false,
      };
      const shaped = await client.chat.completions.create({
        ...SHORT,
        max_tokens: 60,
        response_format: { type: "json_schema", json_schema: { name: "answer", schema } },
      });
      expect(JSON.parse(shaped.choices[0]?.message.content ?? "")).toEqual({
        colour: expect.stringMatching(/^(?:red|green)$/),
      });

      const { data, model } = await client.embeddings.create({ model: EMBEDDER, input: ["a", "b"] });
      expect([data.length, data[0]?.embedding.length, model]).toEqual([2, 384, EMBEDDER]);
      expect((await client.models.list()).data.map(({ id }) => id)).toContain(CHAT);
      await expect(client.chat.completions.create({ ...SHORT, model: "none-of-this-name" })).rejects.toMatchObject({
        status: 404,
        code: "model_not_found",
      });
    });

    test("tools reach a model that can call them, and of another it is said that it cannot", async () => {
      const shown = await (
        await fetch(`${ollamaUrl}/api/show`, { method: "POST", body: JSON.stringify({ model: CHAT }) })
      ).json();
      const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
      const asked = client.chat.completions.create({
        ...SHORT,
        max_tokens: 60,
        messages: [{ role: "user", content: "What is the weather in Paris?" }],
        tools: [{ type: "function", function: { name: "weather", description: "The weather of a city", parameters } }],
      });
      if (!shown.capabilities.includes("tools")) {
        await expect(asked).rejects.toMatchObject({ status: 400, code: "model_incapable" });
        return;
      }
      const [choice] = (await asked).choices;
      const calls = choice?.message.tool_calls ?? [];
      expect(choice?.finish_reason).toMatch(calls.length > 0 ? /^tool_calls$/ : /^(?:stop|length)$/);
      for (const call of calls) if (call.type === "function") JSON.parse(call.function.arguments);
      expect(calls.length > 0 || choice?.message.content).toBeTruthy();
    });

    test("a stream that is given up ends, and is told as left", async () => {
      const leave = new AbortController();
      const ask = {
        ...SHORT,
        max_tokens: 1_000,
        messages: [{ role: "user" as const, content: "Tell me a long story." }],
      };
      const stream = await client.chat.completions.create({ ...ask, stream: true }, { signal: leave.signal });
      for await (const { choices } of stream) if (choices[0]?.delta.content) break;
      leave.abort();
      await expect
        .poll(() => server.lines().filter(({ event, outcome }) => event === "request" && outcome === "left"))
        .toHaveLength(1);
      expect(server.lines().filter(({ level }) => level === "error")).toEqual([]);
    });

    test("the AI SDK's provider for OpenAI reads answers, streams and vectors", async () => {
      const openai = createOpenAI({ baseURL: `${server.url}/v1`, apiKey: "none" });
      const ask = { model: openai.chat(CHAT), prompt: "Say hello.", maxOutputTokens: 12 };
      expect((await generateText(ask)).text).toMatch(/\w/);
      const pieces: string[] = [];
      for await (const piece of streamText(ask).textStream) pieces.push(piece);
      expect(pieces.join("")).toMatch(/\w/);
      expect((await embed({ model: openai.embedding(EMBEDDER), value: "a" })).embedding).toHaveLength(384);
    });

    test.skipIf(noPython !== undefined)(
      `OpenAI's client for Python does too${noPython === undefined ? "" : ` (not run: ${noPython})`}`,
      async () => {
        const script = fileURLToPath(new URL("fixtures/openai-client.py", import.meta.url));
        const { stdout } = await run(python, [script, server.url, CHAT, EMBEDDER]);
        const seen = JSON.parse(stdout);
        expect(seen).toMatchObject({ whole: true, model: CHAT, vector: 384, unknown: "model_not_found" });
        expect(seen.pieces).toBeGreaterThan(1);
        expect(seen.models).toContain(CHAT);
      },
    );
  },
);
