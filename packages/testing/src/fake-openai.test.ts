import { describe, expect, test } from "vitest";
import { createFakeOpenAI, type FakeOpenAI } from "./fake-openai.ts";

const ROOT = "http://fake.test/v1";

function post(fake: FakeOpenAI, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fake(`${ROOT}${path}`, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers,
  });
}

function chat(fake: FakeOpenAI, more: object = {}): Promise<Response> {
  return post(fake, "/chat/completions", {
    model: "gpt-4o-mini",
    messages: [{ role: "user", content: "one two" }],
    ...more,
  });
}

/** The data of each event, in order. */
async function events(response: Response): Promise<unknown[]> {
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const lines = (await response.text()).split("\n\n").filter((line) => line !== "");
  return lines.map((line) => line.replace(/^data: /, "")).map((line) => (line === "[DONE]" ? line : JSON.parse(line)));
}

describe("chat completions", () => {
  test("are answered whole", async () => {
    const response = await chat(
      createFakeOpenAI({ clock: { now: () => 1_700_000_000_500, setTimer: () => () => {} } }),
    );
    expect(await response.json()).toEqual({
      id: "chatcmpl-1",
      object: "chat.completion",
      created: 1_700_000_000,
      model: "gpt-4o-mini",
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: "This is gpt-4o-mini. You said: one two", refusal: null },
          logprobs: null,
          finish_reason: "stop",
        },
      ],
      usage: { prompt_tokens: 2, completion_tokens: 7, total_tokens: 9 },
    });
  });

  test("are streamed: the role, the words, the reason, the usage where it was asked for, the end", async () => {
    const fake = createFakeOpenAI({ answer: () => ({ chunks: ["Hel", "lo"], promptTokens: 3 }) });
    const [role, ...rest] = await events(await chat(fake, { stream: true, stream_options: { include_usage: true } }));
    const chunk = (delta: object, finish_reason: string | null) => ({
      choices: [{ index: 0, delta, finish_reason }],
      usage: null,
    });
    expect(role).toMatchObject({ object: "chat.completion.chunk", ...chunk({ role: "assistant", content: "" }, null) });
    expect(rest).toMatchObject([
      chunk({ content: "Hel" }, null),
      chunk({ content: "lo" }, null),
      chunk({}, "stop"),
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
      "[DONE]",
    ]);
    const silent = await events(await chat(fake, { stream: true }));
    expect(silent.filter((event) => typeof event === "object" && event !== null && "usage" in event)).toEqual([]);
  });

  test("call tools, whole or in pieces", async () => {
    const fake = createFakeOpenAI({
      answer: () => ({ toolCalls: [{ id: "c1", name: "weather", arguments: { city: "Oslo" } }] }),
    });
    const whole = await (await chat(fake)).json();
    expect(whole.choices[0]).toMatchObject({
      finish_reason: "tool_calls",
      message: {
        content: null,
        tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
      },
    });
    const streamed = await events(await chat(fake, { stream: true }));
    const deltas = streamed.flatMap((event) => toolDeltas(event));
    expect(deltas[0]).toEqual({ index: 0, id: "c1", type: "function", function: { name: "weather", arguments: "" } });
    expect(deltas.length).toBeGreaterThan(2);
    expect(deltas.map((delta) => delta.function.arguments).join("")).toBe('{"city":"Oslo"}');
  });

  test("obey stop sequences, the token limit, the schema and the number of choices", async () => {
    const fake = createFakeOpenAI({
      answer: ({ schema, text }) => (schema === undefined ? text : JSON.stringify(schema)),
    });
    const contentOf = async (more: object) => (await (await chat(fake, more)).json()).choices.map(summary);
    expect(await contentOf({ stop: " two" })).toEqual(["one stop"]);
    expect(await contentOf({ max_tokens: 1 })).toEqual(["one length"]);
    expect(await contentOf({ max_completion_tokens: 1 })).toEqual(["one length"]);
    expect(await contentOf({ n: 2 })).toEqual(["one two stop", "one two stop"]);
    const format = { type: "json_schema", json_schema: { name: "x", schema: { type: "number" } } };
    expect(await contentOf({ response_format: format })).toEqual(['{"type":"number"} stop']);
    expect(await contentOf({ response_format: { type: "json_object" } })).toEqual(["{} stop"]);
  });

  test("carry refusals and reasoning", async () => {
    const fake = createFakeOpenAI();
    fake.reply({ refusal: "no", reasoning: "hm" });
    expect((await (await chat(fake)).json()).choices[0].message).toEqual({
      role: "assistant",
      content: null,
      refusal: "no",
      reasoning_content: "hm",
    });
    expect((await (await chat(fake)).json()).choices[0].message.content).toMatch(/^This is/);
  });

  test("understand content in parts", async () => {
    const content = [
      { type: "text", text: "in parts" },
      { type: "image_url", image_url: { url: "data:," } },
    ];
    const fake = createFakeOpenAI({ answer: ({ text }) => text });
    const answered = await chat(fake, { messages: [{ role: "user", content }] });
    expect((await answered.json()).choices[0].message.content).toBe("in parts");
  });
});

describe("what is refused", () => {
  const errorOf = async (response: Response) => ({ status: response.status, ...(await response.json()) });

  test("in OpenAI's words", async () => {
    const fake = createFakeOpenAI({
      apiKey: "sk-right",
      models: ["gpt-4o-mini", { id: "e", embeds: true }, { id: "short", contextLength: 1 }],
    });
    const right = { authorization: "Bearer sk-right" };
    const invalid = "invalid_request_error";
    expect(await errorOf(await chat(fake))).toMatchObject({
      status: 401,
      error: { type: invalid, code: "invalid_api_key" },
    });
    const wrong = await post(fake, "/chat/completions", {}, { authorization: "Bearer sk-wrong-0123456789" });
    expect((await errorOf(wrong)).error.message).toBe("Incorrect API key provided: sk-w***********6789.");
    const ask = (body: unknown, path = "/chat/completions") => post(fake, path, body, right).then(errorOf);
    const messages = [{ role: "user", content: "one two" }];
    expect(await ask({ model: "nope", messages })).toMatchObject({
      status: 404,
      error: {
        message: expect.stringContaining("`nope` does not exist"),
        type: invalid,
        param: null,
        code: "model_not_found",
      },
    });
    expect(await ask({ model: "e", messages })).toMatchObject({ status: 404 });
    expect(await ask({ model: "short", messages })).toMatchObject({
      status: 400,
      error: { code: "context_length_exceeded" },
    });
    expect(await ask({ model: "gpt-4o-mini" })).toMatchObject({ status: 400, error: { param: "messages" } });
    expect(await ask({ messages })).toMatchObject({ status: 400, error: { param: "model" } });
    expect(await ask("{bad")).toMatchObject({ status: 400, error: { type: invalid } });
    expect(await ask({}, "/nothing")).toMatchObject({
      status: 404,
      error: { message: "Invalid URL (POST /v1/nothing)" },
    });
    expect(await ask({ model: "gpt-4o-mini", input: "a" }, "/embeddings")).toMatchObject({ status: 403 });
    expect(await ask({ model: "e", input: [] }, "/embeddings")).toMatchObject({
      status: 400,
      error: { param: "input" },
    });
  });

  test("in vLLM's words, new and old", async () => {
    const error = { message: "The model `nope` does not exist.", type: "NotFoundError", param: "model", code: 404 };
    const now = createFakeOpenAI({ dialect: "vllm", apiKey: "k" });
    const key = { authorization: "Bearer k" };
    const body = { model: "nope", messages: [] };
    expect(await errorOf(await post(now, "/chat/completions", body, key))).toEqual({ status: 404, error });
    expect(await errorOf(await post(now, "/chat/completions", body))).toEqual({ status: 401, error: "Unauthorized" });
    expect(await errorOf(await post(now, "/nothing", {}, key))).toEqual({ status: 404, detail: "Not Found" });
    const before = createFakeOpenAI({ dialect: "vllm-flat" });
    expect(await errorOf(await post(before, "/chat/completions", body))).toEqual({
      status: 404,
      object: "error",
      ...error,
    });
  });

  test("as a script or a fault says, with the time to wait", async () => {
    const fake = createFakeOpenAI();
    fake.reply({ error: { status: 429, message: "slow down", retryAfterSeconds: 3 } });
    const scripted = await chat(fake);
    expect(scripted.headers.get("retry-after")).toBe("3");
    expect(await errorOf(scripted)).toMatchObject({
      status: 429,
      error: { message: "slow down", code: "rate_limit_exceeded" },
    });
    fake.faults.next({ kind: "status", status: 503, message: "overloaded" });
    expect(await errorOf(await chat(fake))).toMatchObject({
      status: 503,
      error: { message: "overloaded", type: "server_error" },
    });
  });

  test("in the middle of a stream", async () => {
    const fake = createFakeOpenAI();
    fake.reply({ chunks: ["a", "b", "c"], error: { status: 500, message: "broke", afterChunks: 1 } });
    const streamed = await events(await chat(fake, { stream: true }));
    expect(streamed.slice(1)).toMatchObject([
      { choices: [{ delta: { content: "a" } }] },
      { error: { message: "broke" } },
      "[DONE]",
    ]);
  });
});

describe("models and vectors", () => {
  test("are listed, and shown one by one", async () => {
    const fake = createFakeOpenAI({ models: ["a", "org/b"] });
    const listed = await (await fake(`${ROOT}/models`)).json();
    const model = { object: "model", created: 1_700_000_000, owned_by: "system" };
    expect(listed).toEqual({
      object: "list",
      data: [
        { id: "a", ...model },
        { id: "org/b", ...model },
      ],
    });
    expect(await (await fake(`${ROOT}/models/${encodeURIComponent("org/b")}`)).json()).toEqual({
      id: "org/b",
      ...model,
    });
    expect((await fake(`${ROOT}/models/c`)).status).toBe(404);
    const vllm = createFakeOpenAI({ dialect: "vllm", models: [{ id: "m", contextLength: 2048 }] });
    expect((await (await vllm(`${ROOT}/models`)).json()).data).toMatchObject([
      { owned_by: "vllm", max_model_len: 2048 },
    ]);
  });

  test("are vectors of the wanted length, as numbers or as base64", async () => {
    const fake = createFakeOpenAI({ models: [{ id: "e", embeds: true, dimensions: 4 }] });
    const body = { model: "e", input: ["a", "b", "a"] };
    const numbers = await (await post(fake, "/embeddings", body)).json();
    expect(numbers).toMatchObject({ object: "list", model: "e", usage: { prompt_tokens: 3, total_tokens: 3 } });
    const [a, b, again] = numbers.data.map(({ embedding }: { embedding: number[] }) => embedding);
    expect(a).toHaveLength(4);
    expect(a).toEqual(again);
    expect(a).not.toEqual(b);
    const encoded = await (await post(fake, "/embeddings", { ...body, encoding_format: "base64" })).json();
    const bytes = Uint8Array.from(atob(encoded.data[0].embedding), (character) => character.charCodeAt(0));
    expect([...new Float32Array(bytes.buffer)]).toEqual(a);
    const short = await (await post(fake, "/embeddings", { ...body, input: "a", dimensions: 2 })).json();
    expect(short.data.map(({ embedding }: { embedding: number[] }) => embedding.length)).toEqual([2]);
  });
});

test("every request is remembered", async () => {
  const fake = createFakeOpenAI();
  await chat(fake, { temperature: 0.5 });
  expect(fake.requests).toMatchObject([{ method: "POST", path: "/v1/chat/completions", body: { temperature: 0.5 } }]);
});

interface ToolDelta {
  readonly function: { readonly arguments: string };
}

function toolDeltas(event: unknown): ToolDelta[] {
  // What the server under test wrote, as the test expects it.
  const { choices } = (typeof event === "object" ? event : {}) as {
    choices?: { delta: { tool_calls?: ToolDelta[] } }[];
  };
  return choices?.[0]?.delta.tool_calls ?? [];
}

function summary({ message, finish_reason: reason }: { message: { content: string }; finish_reason: string }): string {
  return `${message.content} ${reason}`;
}
