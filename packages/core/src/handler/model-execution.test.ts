import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { runTask, type TaskRunOptions } from "../../tests/fixtures/run-task.ts";

const NOON = "2026-01-01T12:00:00.000Z";
const task = { handler: "model_execution" };
const user = (content: string) => ({ role: "user", content, timestamp: "2026-01-01T11:00:00Z" });
const history = (...messages: readonly object[]) => ({ messages, model: "old", inputTokens: 0, outputTokens: 0 });

const converse = (input: unknown, more: Readonly<Record<string, unknown>> = {}, options: TaskRunOptions = {}) =>
  runTask({ ...task, ...more }, input, { inputType: "chat_history", ...options });
const request = (fields: object, more: Readonly<Record<string, unknown>> = {}, options: TaskRunOptions = {}) =>
  runTask(
    { ...task, ...more },
    { model: "", messages: [user("Hi")], ...fields },
    { inputType: "openai_chat", ...options },
  );

describe("one turn", () => {
  test("appends the model's message and counts tokens itself", async () => {
    const input = { ...history({ id: "7", ...user("Hello there, you") }), inputTokens: 9_999, outputTokens: 9_999 };
    const { output, outputType, step } = await converse(input, {}, { replies: ["Fine thanks"] });
    expect([outputType, step?.outcome]).toEqual(["chat_history", "executed"]);
    expect(output).toEqual({
      messages: [
        { id: "7", ...user("Hello there, you") },
        { id: "", role: "assistant", content: "Fine thanks", timestamp: NOON },
      ],
      model: "old",
      inputTokens: 6,
      outputTokens: 3,
    });
  });

  test("keeps the reply's white space", async () => {
    const { output } = await converse(history(user("Hi")), {}, { replies: [" a \n"] });
    expect(output).toMatchObject({ messages: [{}, { content: " a \n" }] });
  });

  test("keeps what a model wrote until it was cut short, and says so", async () => {
    const { output } = await converse(
      history(user("Hi")),
      {},
      { replies: [{ text: "Half a", finishReason: "length" }] },
    );
    expect(output).toMatchObject({ messages: [{}, { content: "Half a", finishReason: "length" }] });
  });

  test("keeps the tool calls of the reply, with their ids", async () => {
    const { output } = await converse(
      history(user("Hi")),
      {},
      {
        replies: [{ toolCalls: [{ id: "c1", name: "find", args: '{"q":1}' }] }],
      },
    );
    const callTools = [{ id: "c1", type: "function", function: { name: "find", arguments: '{"q":1}' } }];
    expect(output).toMatchObject({ messages: [{}, { role: "assistant", callTools }], outputTokens: 0 });
  });

  test("sends a conversation with tool calls and their answers to the model as such", async () => {
    const called = [{ id: "c1", type: "function", function: { name: "find", arguments: "{}" } }];
    const input = history(
      user("Hi"),
      { role: "assistant", callTools: called },
      { role: "tool", content: "5", toolCallId: "c1" },
    );
    const { backend } = await converse(input, {}, { replies: ["Five"] });
    expect(backend.calls[0]).toMatchObject({
      prompt: [
        { role: "user" },
        { role: "assistant", content: [{ type: "tool-call", toolCallId: "c1", toolName: "find" }] },
        { role: "tool", content: [{ type: "tool-result", toolCallId: "c1", toolName: "find" }] },
      ],
    });
  });
});

describe("the system instruction", () => {
  const instructed = { system_instruction: "Be {{.tone}}." };
  const options = { chain: { variables: { tone: "string" } }, variables: { tone: "kind" } };

  test("comes first, rendered, and becomes part of the conversation", async () => {
    const { output, backend } = await converse(history(user("Hi")), instructed, options);
    expect(backend.calls[0]).toMatchObject({ prompt: [{ role: "system", content: "Be kind." }, { role: "user" }] });
    expect(output).toMatchObject({ messages: [{ role: "system", content: "Be kind." }, {}, {}] });
  });

  test("is not said twice", async () => {
    const { output } = await converse(
      history({ role: "system", content: "Be kind." }, user("Hi")),
      instructed,
      options,
    );
    expect(output).toMatchObject({ messages: [{ role: "system" }, { role: "user" }, { role: "assistant" }] });
  });

  test("is enough for a conversation that is empty, which fails without", async () => {
    expect((await converse(history(), instructed, options)).error).toBeUndefined();
    expect((await converse(history())).error).toMatchObject({ code: "prompt_empty", failure: "chain" });
  });
});

describe("a request of OpenAI's API", () => {
  const tools = [
    { type: "function", function: { name: "find", description: "Finds.", parameters: { type: "object" } } },
  ];

  test("brings its model, its sampling options and its tools to the model", async () => {
    const { backend } = await request({
      model: "scripted",
      temperature: 0.3,
      max_tokens: 12,
      top_p: 0.9,
      stop: "END",
      seed: 4,
      presence_penalty: 0.5,
      frequency_penalty: 0.6,
      tools,
      tool_choice: { type: "function", function: { name: "find" } },
    });
    expect(backend.calls[0]).toMatchObject({
      model: "scripted",
      options: {
        temperature: 0.3,
        maxOutputTokens: 12,
        topP: 0.9,
        stopSequences: ["END"],
        seed: 4,
        presencePenalty: 0.5,
        frequencyPenalty: 0.6,
        tools: [{ type: "function", name: "find", description: "Finds.", inputSchema: { type: "object" } }],
        toolChoice: { type: "tool", toolName: "find" },
      },
    });
  });

  test("is overruled field by field by execute_config", async () => {
    const backend = scriptedBackend({ models: ["a", "b"] });
    const config = { execute_config: { model: "b", temperature: 0 } };
    await request({ model: "a", temperature: 1, seed: 4 }, config, { runtime: { backends: [backend] } });
    expect(backend.calls[0]).toMatchObject({ model: "b", options: { temperature: 0, seed: 4 } });
  });

  test("that asks for nothing leaves it to the model", async () => {
    const { backend } = await request({ max_tokens: 0, top_p: 0, presence_penalty: 0, frequency_penalty: 0, stop: [] });
    expect(Object.keys(backend.calls[0]?.options ?? {}).sort()).toEqual(["abortSignal", "prompt"]);
  });

  test("becomes a history under the model's name that it asked for", async () => {
    const { output } = await request({ model: "scripted" }, {}, { replies: ["Hello"] });
    expect(output).toMatchObject({
      model: "scripted",
      messages: [
        { role: "user", content: "Hi", timestamp: NOON },
        { role: "assistant", content: "Hello", timestamp: NOON },
      ],
    });
  });

  test("goes to no model that is known to take no tools", async () => {
    const backend = scriptedBackend({ models: [{ id: "plain", capabilities: { tools: false } }, "able"] });
    await request({ tools }, {}, { runtime: { backends: [backend] } });
    backend.expectCalls([{ model: "able" }]);
  });
});

test("the name of a history's model says who wrote it, not who goes on", async () => {
  const backend = scriptedBackend({ models: ["first", "old"] });
  await converse(history(user("Hi")), {}, { runtime: { backends: [backend], defaults: { policy: "ordered" } } });
  backend.expectCalls([{ model: "first" }]);
});

describe("the limit of tokens", () => {
  const limited = (token_limit: number) => converse(history(user("one two three")), {}, { chain: { token_limit } });

  test("stops a conversation that is longer, before the model is asked", async () => {
    const { error, backend } = await limited(3);
    expect(error).toMatchObject({
      code: "token_limit_exceeded",
      failure: "chain",
      message: expect.stringContaining("has 4 tokens, and the chain's token_limit is 3"),
      details: { inputTokens: 4, tokenLimit: 3 },
    });
    expect(backend.calls).toEqual([]);
  });

  test("lets one pass that is as long, and 0 means none", async () => {
    expect((await limited(4)).error).toBeUndefined();
    expect((await limited(0)).error).toBeUndefined();
  });

  test("counts the system instruction and the arguments of tool calls too", async () => {
    const callTools = [{ id: "a", type: "function", function: { name: "f", arguments: "alpha beta" } }];
    const input = history(user("one two"), { role: "assistant", callTools });
    const { error } = await converse(input, { system_instruction: "Be kind" }, { chain: { token_limit: 1 } });
    expect(error?.details).toMatchObject({ inputTokens: 2 + 2 + 2 + 2 - 1 });
  });

  test("is counted by the runtime's own counter, which is told the model", async () => {
    const models: string[] = [];
    const tokens = {
      count: async (_text: string, model: string) => {
        models.push(model);
        return 10;
      },
    };
    const runtime = { tokens, backends: [scriptedBackend()] };
    const { output } = await converse(history(user("Hi")), { execute_config: { model: "scripted" } }, { runtime });
    expect(output).toMatchObject({ inputTokens: 10, outputTokens: 10 });
    expect(new Set(models)).toEqual(new Set(["scripted"]));
  });
});

test("a model whose context is too small for the conversation is passed over", async () => {
  const models = [
    { id: "small", contextLength: 2 },
    { id: "large", contextLength: 100 },
  ];
  const backend = scriptedBackend({ models });
  const { step } = await converse(history(user("one two three")), {}, { runtime: { backends: [backend] } });
  backend.expectCalls([{ model: "large" }]);
  expect(step?.route?.dropped).toMatchObject([{ model: "small", stage: "eligible" }]);
});

test.each(["string", "json", "int"] as const)("an input of the type %s is refused", async (inputType) => {
  const input = inputType === "int" ? 5 : "Hi";
  const { error } = await runTask(task, input, { inputType });
  expect(error).toMatchObject({
    code: "type_mismatch",
    message: expect.stringContaining(`needs a chat_history or an openai_chat, and got ${inputType}`),
    details: { expected: "chat_history or openai_chat", actual: inputType, handler: "model_execution" },
  });
});

test("a prompt_template makes the input a string, and the error says so", async () => {
  const { error } = await converse(history(user("Hi")), { prompt_template: "x" });
  expect(error?.message).toContain("give it no prompt_template, or use raw_string");
});
