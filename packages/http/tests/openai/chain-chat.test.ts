import { defineChain } from "@catenary/core";
import { type ScriptedReply, scriptedBackend } from "@catenary/testing";
import type OpenAI from "openai";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

const ASK = { model: "anything", messages: [{ role: "user" as const, content: "one two" }] };

const JSON_HEAD = { "content-type": "application/json" };

const respond = defineChain({
  id: "respond",
  input: "openai_chat",
  tasks: {
    ask: { handler: "model_execution", executeConfig: { model: "scripted" }, next: "convert" },
    convert: { handler: "convert_to_openai_chat_response" },
  },
});
const converse = defineChain({
  id: "converse",
  input: "openai_chat",
  tasks: { ask: { handler: "model_execution", executeConfig: { model: "scripted" } } },
});
const pass = defineChain({
  id: "pass",
  input: "openai_chat",
  tasks: { ask: { handler: "model_execution" } },
});
const write = defineChain({
  id: "write",
  tasks: { write: { handler: "raw_string", promptTemplate: "Answer.", executeConfig: { model: "scripted" } } },
});
const count = defineChain({
  id: "count",
  tasks: { count: { handler: "parse_number", promptTemplate: "How many?", executeConfig: { model: "scripted" } } },
});
const reportAndCount = defineChain({
  id: "report-and-count",
  tasks: {
    report: {
      handler: "raw_string",
      promptTemplate: "Think.",
      stream: true,
      executeConfig: { model: "scripted" },
      next: "count",
    },
    count: { handler: "parse_number", promptTemplate: "How many?", executeConfig: { model: "scripted" } },
  },
});
const nothing = defineChain({ id: "nothing", tasks: { pass: { handler: "noop" } } });
const fail = defineChain({ id: "fail", tasks: { fail: { handler: "raise_error", promptTemplate: "No." } } });
const chains = [respond, converse, pass, write, count, reportAndCount, nothing, fail];

async function serve(...replies: readonly ScriptedReply[]) {
  const backend = scriptedBackend({ replies });
  const served = await serveOpenAI({
    backends: [backend],
    chains,
    tokens: { count: (text) => text.split(" ").length },
  });
  return { ...served, backend };
}

async function textOf(stream: AsyncIterable<OpenAI.ChatCompletionChunk>) {
  const pieces: string[] = [];
  let reason: string | null = null;
  for await (const { choices } of stream) {
    const [choice] = choices;
    if (choice?.delta.content) pieces.push(choice.delta.content);
    reason = choice?.finish_reason ?? reason;
  }
  return { pieces, reason };
}

test.each(["respond", "converse"])(
  "the chain %s answers with its last message, under the model that was asked for",
  async (id) => {
    await using served = await serve("the answer is 42");
    const completion = await served.chainClient(id).chat.completions.create(ASK);
    expect(completion).toMatchObject({
      object: "chat.completion",
      model: "anything",
      choices: [{ index: 0, message: { role: "assistant", content: "the answer is 42" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 },
    });
    expect(served.backend.calls[0]?.model).toBe("scripted");
  },
);

test("a chain that ends with a text or a number answers with it", async () => {
  await using served = await serve("A text.", "There are 7.");
  const answerOf = async (id: string) =>
    (await served.chainClient(id).chat.completions.create(ASK)).choices[0]?.message.content;
  expect(await answerOf("write")).toBe("A text.");
  expect(await answerOf("count")).toBe("7");
});

test("sampling, tools and their results reach the models of a chain, and its calls come back", async () => {
  await using served = await serve({ toolCalls: [{ id: "c1", name: "f", args: { a: 1 } }] });
  const { choices } = await served.chainClient("respond").chat.completions.create({
    model: "m",
    messages: [
      { role: "developer", content: "Be short." },
      {
        role: "user",
        content: [
          { type: "text", text: "a" },
          { type: "text", text: "b" },
        ],
      },
      { role: "assistant", tool_calls: [{ id: "c0", type: "function", function: { name: "f", arguments: "{}" } }] },
      { role: "tool", tool_call_id: "c0", content: "done" },
    ],
    tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
    tool_choice: "required",
    temperature: 0.5,
    max_completion_tokens: 9,
    stop: "END",
  });
  expect(choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { content: null, tool_calls: [{ id: "c1", function: { name: "f", arguments: '{"a":1}' } }] },
  });
  expect(served.backend.calls[0]?.options).toMatchObject({
    temperature: 0.5,
    maxOutputTokens: 9,
    stopSequences: ["END"],
    toolChoice: { type: "required" },
    tools: [{ name: "f" }],
    prompt: [
      { role: "system", content: "Be short." },
      { role: "user", content: [{ text: "a\nb" }] },
      { role: "assistant", content: [{ toolCallId: "c0" }] },
      { role: "tool", content: [{ toolCallId: "c0" }] },
    ],
  });
});

test("a choice of a tool that is not among them is refused by a chain too", async () => {
  await using served = await serve("hi");
  const asked = served.chainClient("respond").chat.completions.create({
    ...ASK,
    tools: [{ type: "function", function: { name: "f" } }],
    tool_choice: { type: "function", function: { name: "g" } },
  });
  await expect(asked).rejects.toMatchObject({ status: 422, param: "tool_choice" });
  expect(served.backend.calls).toHaveLength(0);
});

test("a shape that is asked for reaches the models of a chain that can be held to it", async () => {
  const backend = scriptedBackend({
    models: [{ id: "scripted", capabilities: { chat: true, structuredOutput: true } }],
  });
  await using served = await serveOpenAI({ backends: [backend], chains });
  const schema = { type: "object", properties: { a: { type: "string" } } };
  await served.chainClient("respond").chat.completions.create({
    ...ASK,
    response_format: { type: "json_schema", json_schema: { name: "shape", schema } },
  });
  expect(backend.calls[0]).toMatchObject({ responseFormat: { type: "json", name: "shape", schema } });
});

test("an image in a chain's conversation is refused, and the place of it named", async () => {
  await using served = await serve();
  const url = "data:image/png;base64,iVBORw0KGgo=";
  const content = [
    { type: "text" as const, text: "a" },
    { type: "image_url" as const, image_url: { url } },
  ];
  const asked = served
    .chainClient("respond")
    .chat.completions.create({ ...ASK, messages: [{ role: "user", content }] });
  await expect(asked).rejects.toMatchObject({ status: 422, message: expect.stringContaining("messages[0].content") });
  expect(served.backend.calls).toEqual([]);
});

test("several answers are several runs", async () => {
  await using served = await serve("one", "two");
  const { choices } = await served.chainClient("respond").chat.completions.create({ ...ASK, n: 2 });
  expect(choices.map(({ index, message }) => [index, message.content])).toEqual([
    [0, "one"],
    [1, "two"],
  ]);
});

test.each(["respond", "converse", "write"])("the chain %s streams the model's own pieces", async (id) => {
  await using served = await serve({ chunks: ["the\n\n", "  answer", " is 42"] });
  const stream = await served.chainClient(id).chat.completions.create({ ...ASK, stream: true });
  const { pieces, reason } = await textOf(stream);
  expect(pieces.join("")).toBe("the\n\n  answer is 42");
  expect(pieces.length).toBeGreaterThan(1);
  expect(reason).toBe("stop");
});

test("a chain whose text is not written by a model, and tool calls, are streamed whole", async () => {
  await using served = await serve("There are 7.", { toolCalls: [{ id: "c1", name: "f", args: { a: 1 } }] });
  const stream = await served.chainClient("count").chat.completions.create({ ...ASK, stream: true });
  expect(await textOf(stream)).toEqual({ pieces: ["7"], reason: "stop" });
  const calls = served.chainClient("respond").chat.completions.stream(ASK);
  expect((await calls.finalChatCompletion()).choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: { tool_calls: [{ id: "c1", function: { name: "f", arguments: '{"a":1}' } }] },
  });
});

test("text that a chain shows on its way comes before its answer", async () => {
  await using served = await serve("I count. ", "There are 7.");
  const stream = await served.chainClient("report-and-count").chat.completions.create({ ...ASK, stream: true });
  expect((await textOf(stream)).pieces.join("")).toBe("I count.7");
});

test("who asks for the usage of a stream gets what the whole answer says", async () => {
  await using served = await serve("the answer is 42");
  const stream = await served
    .chainClient("respond")
    .chat.completions.create({ ...ASK, stream: true, stream_options: { include_usage: true } });
  const usages: unknown[] = [];
  for await (const { usage } of stream) if (usage) usages.push(usage);
  expect(usages).toEqual([{ prompt_tokens: 2, completion_tokens: 4, total_tokens: 6 }]);
});

test("the steps of the run come with the answer where they are asked for", async () => {
  await using served = await serve("a", "b");
  const ask = async (query: string) => {
    const response = await fetch(`${served.url}/openai/respond/v1/chat/completions${query}`, {
      method: "POST",
      headers: JSON_HEAD,
      body: JSON.stringify(ASK),
    });
    return response.json();
  };
  expect(await ask("?stackTrace=true")).toMatchObject({
    stackTrace: [
      { taskID: "ask", taskHandler: "model_execution", transition: "executed", error: { error: "" } },
      { taskID: "convert", outputType: "openai_chat_response", transition: "converted" },
    ],
  });
  expect(await ask("?stackTrace=1")).not.toHaveProperty("stackTrace");
});

test.each<[string, string, object]>([
  ["unknown", "no-such", { status: 404 }],
  ["that fails by itself", "fail", { status: 422, type: "invalid_request_error" }],
  ["that ends with what is no answer", "nothing", { status: 422 }],
])("a chain %s is told as that, whether it is to stream or not", async (_what, id, told) => {
  await using served = await serve();
  const { completions } = served.chainClient(id).chat;
  await expect(completions.create(ASK)).rejects.toMatchObject(told);
  await expect(completions.create({ ...ASK, stream: true })).rejects.toMatchObject(told);
});

test("a backend that fails behind a chain is no mistake of the client's", async () => {
  await using served = await serve({ error: { status: 500 } }, { error: { status: 500 } });
  const { completions } = served.chainClient("respond").chat;
  const told = { status: 502, code: "upstream_error" };
  await expect(completions.create(ASK)).rejects.toMatchObject(told);
  await expect(completions.create({ ...ASK, stream: true })).rejects.toMatchObject(told);
});

test("a model that is nowhere is the client's mistake where the client named it, and not where the chain did", async () => {
  const backend = scriptedBackend({ models: ["other"] });
  await using served = await serveOpenAI({ backends: [backend], chains });
  const askOf = (id: string) => served.chainClient(id).chat.completions.create(ASK);
  await expect(askOf("pass")).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" });
  await expect(askOf("respond")).rejects.toMatchObject({ status: 503, code: "model_not_found" });
});

test("a chain that is kept with errors is refused when it is asked", async () => {
  await using served = await serve();
  const kept = await fetch(`${served.url}/taskchains`, {
    method: "POST",
    headers: JSON_HEAD,
    body: JSON.stringify({
      id: "bad",
      tasks: [{ id: "a", handler: "noop", transition: { branches: [{ goto: "b" }] } }],
    }),
  });
  expect(kept.status).toBe(201);
  await expect(served.chainClient("bad").chat.completions.create(ASK)).rejects.toMatchObject({ status: 400 });
});

test.each([false, true])("a client that leaves cancels the run (streaming: %s)", async (stream) => {
  await using served = await serve({ text: "a b", hang: true });
  const leaving = new AbortController();
  const asked = served.chainClient("respond").chat.completions.create({ ...ASK, stream }, { signal: leaving.signal });
  await expect.poll(() => served.backend.calls.length).toBe(1);
  leaving.abort();
  await asked.catch(() => {});
  await expect.poll(() => served.backend.calls[0]?.options.abortSignal?.aborted).toBe(true);
  await expect.poll(async () => (await served.runtime.runs.list()).map(({ status }) => status)).toEqual(["cancelled"]);
});
