import type { Backend } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { openaiCompatible } from "@catenary/openai";
import { createFakeOllama, createFakeOpenAI } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import type OpenAI from "openai";
import { describe, expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

const TOOL: OpenAI.ChatCompletionTool = {
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};

/** A server of each kind on a socket of its own, and the backend that asks it. */
const KINDS = {
  Ollama: {
    model: "llama3.2:latest",
    embedder: "nomic-embed-text",
    server: () => serve(createFakeOllama()),
    backend: (url: string): Backend => ollama({ baseUrl: url }),
  },
  OpenAI: {
    model: "gpt-4o-mini",
    embedder: "text-embedding-3-small",
    server: () => serve(createFakeOpenAI()),
    backend: (url: string): Backend => openaiCompatible({ id: "fake", baseUrl: `${url}/v1` }),
  },
};

describe.each(Object.entries(KINDS))("over the adapter for %s", (_name, { model, embedder, server, backend }) => {
  async function through() {
    const fake = await server();
    // Servers of OpenAI's kind do not tell what their models can do.
    const models = [{ name: embedder, capabilities: { embed: true } }];
    const served = await serveOpenAI({ backends: [backend(fake.url)], models });
    return {
      client: served.client,
      async [Symbol.asyncDispose]() {
        await served[Symbol.asyncDispose]();
        await fake.close();
      },
    };
  }
  const messages = [{ role: "user" as const, content: "one two three" }];

  test("a chat is answered, whole and in pieces, and counted", async () => {
    await using served = await through();
    const { completions } = served.client.chat;
    const whole = await completions.create({ model, messages });
    expect(whole.choices[0]?.message.content).toContain("one two three");
    expect(whole.usage?.prompt_tokens).toBeGreaterThan(0);
    const streamed = completions.stream({ model, messages, stream_options: { include_usage: true } });
    const final = await streamed.finalChatCompletion();
    expect(final.choices[0]?.message.content).toBe(whole.choices[0]?.message.content);
    expect(final.usage).toMatchObject({ total_tokens: whole.usage?.total_tokens });
  });

  test("a tool is called, whole and in pieces", async () => {
    await using served = await through();
    const { completions } = served.client.chat;
    const asked = { model, messages, tools: [TOOL] };
    const called = {
      finish_reason: "tool_calls",
      message: { tool_calls: [{ id: expect.stringMatching(/./), type: "function", function: { name: "weather" } }] },
    };
    expect((await completions.create(asked)).choices[0]).toMatchObject(called);
    expect((await completions.stream(asked).finalChatCompletion()).choices[0]).toMatchObject(called);
  });

  test("a text is embedded, and what is not served is not found", async () => {
    await using served = await through();
    const { data } = await served.client.embeddings.create({ model: embedder, input: ["a", "b"] });
    expect(data).toHaveLength(2);
    expect(data[0]?.embedding.length).toBeGreaterThan(0);
    await expect(served.client.chat.completions.create({ model: "none", messages })).rejects.toMatchObject({
      status: 404,
      code: "model_not_found",
    });
  });
});

test("what a server cannot be made to do is told in a header, whether the answer streams or not", async () => {
  const fake = await serve(createFakeOllama());
  await using served = await serveOpenAI({ backends: [ollama({ baseUrl: fake.url })] });
  const ask = { model: "llama3.2:latest", messages: [{ role: "user" as const, content: "hello" }], tools: [TOOL] };
  const warningsOf = async (more: object, stream: boolean) => {
    const { response } = await served.client.chat.completions.create({ ...ask, ...more, stream }).withResponse();
    await response.body?.cancel().catch(() => {});
    return response.headers.get("x-catenary-warnings");
  };
  for (const stream of [false, true]) {
    expect(await warningsOf({}, stream)).toBeNull();
    expect(await warningsOf({ tool_choice: "required" }, stream)).toMatch(
      /^toolChoice is not supported: .*call a tool/,
    );
    expect(await warningsOf({ logit_bias: { 50256: -100 } }, stream)).toBe("logit_bias is not passed on");
  }
  await fake.close();
});

test("whether a schema is strict is for the server that is asked", async () => {
  const fake = createFakeOpenAI();
  const server = await serve(fake);
  await using served = await serveOpenAI({
    backends: [openaiCompatible({ id: "fake", baseUrl: `${server.url}/v1`, structuredOutput: true })],
  });
  const schema = { type: "object", properties: { a: { type: "number" } } };
  for (const strict of [true, false]) {
    const json_schema = { name: "answer", schema, strict };
    await served.client.chat.completions.create({
      model: "gpt-4o-mini",
      messages: [{ role: "user", content: "hello" }],
      response_format: { type: "json_schema", json_schema },
    });
    expect(fake.requests.at(-1)?.text).toContain(`"strict":${strict}`);
  }
  await server.close();
});
