import { scriptedBackend } from "@catenary/testing";
import type OpenAI from "openai";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

type Ask = OpenAI.ChatCompletionCreateParamsNonStreaming;

const ask = (content: string, more: Partial<Ask> = {}): Ask => ({
  model: "scripted",
  messages: [{ role: "user", content }],
  ...more,
});

const WEATHER: OpenAI.ChatCompletionTool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Tells the weather",
    parameters: { type: "object", properties: { City: { type: "string" } }, required: ["City"] },
  },
};

test("a routed model answers a chat as OpenAI's server would", async () => {
  const backend = scriptedBackend({
    replies: [{ text: " two\n\nlines ", usage: { inputTokens: 3, outputTokens: 2 } }],
  });
  await using served = await serveOpenAI({ backends: [backend] });
  const completion = await served.client.chat.completions.create(ask("Hello"));
  expect(completion).toEqual({
    id: expect.stringMatching(/^chatcmpl-./),
    object: "chat.completion",
    created: expect.any(Number),
    model: "scripted",
    choices: [
      {
        index: 0,
        message: { role: "assistant", content: " two\n\nlines ", refusal: null },
        logprobs: null,
        finish_reason: "stop",
      },
    ],
    usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
  });
  expect(Math.abs(completion.created - Date.now() / 1000)).toBeLessThan(60);
});

test("everything that a client says of the answer reaches the model", async () => {
  const backend = scriptedBackend({
    models: [{ id: "scripted", capabilities: { chat: true, structuredOutput: true } }],
  });
  await using served = await serveOpenAI({ backends: [backend] });
  await served.client.chat.completions.create(
    ask("q", {
      temperature: 0,
      max_completion_tokens: 7,
      top_p: 0.5,
      stop: ["END"],
      seed: 3,
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
      reasoning_effort: "low",
      parallel_tool_calls: false,
      tools: [WEATHER],
      tool_choice: { type: "function", function: { name: "get_weather" } },
      response_format: {
        type: "json_schema",
        json_schema: { name: "out", schema: { type: "object", properties: { A: { type: "string" } } } },
      },
    }),
  );
  expect(backend.calls[0]?.options).toMatchObject({
    temperature: 0,
    maxOutputTokens: 7,
    topP: 0.5,
    stopSequences: ["END"],
    seed: 3,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    reasoning: "low",
    providerOptions: { openai: { parallelToolCalls: false } },
    tools: [
      {
        type: "function",
        name: "get_weather",
        description: "Tells the weather",
        inputSchema: WEATHER.function.parameters,
      },
    ],
    toolChoice: { type: "tool", toolName: "get_weather" },
    responseFormat: { type: "json", name: "out", schema: { type: "object", properties: { A: { type: "string" } } } },
  });
});

test("a tool is called, and its result goes back under the id of the call", async () => {
  const backend = scriptedBackend({
    replies: [{ toolCalls: [{ id: "c1", name: "get_weather", args: { City: "Rome" } }] }, "It is sunny."],
  });
  await using served = await serveOpenAI({ backends: [backend] });
  const first = await served.client.chat.completions.create(ask("Rome?", { tools: [WEATHER] }));
  const called = first.choices[0]?.message;
  expect(first.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: {
      content: null,
      tool_calls: [{ id: "c1", type: "function", function: { name: "get_weather", arguments: '{"City":"Rome"}' } }],
    },
  });
  if (called === undefined) return;
  const second = await served.client.chat.completions.create({
    model: "scripted",
    messages: [
      { role: "developer", content: "Be short." },
      { role: "user", content: "Rome?" },
      called,
      { role: "tool", tool_call_id: "c1", content: [{ type: "text", text: "sunny" }] },
    ],
  });
  expect(second.choices[0]?.message.content).toBe("It is sunny.");
  expect(backend.calls[1]).toMatchObject({
    prompt: [
      { role: "system", content: "Be short." },
      { role: "user", content: [{ type: "text", text: "Rome?" }] },
      {
        role: "assistant",
        content: [{ type: "tool-call", toolCallId: "c1", toolName: "get_weather", input: { City: "Rome" } }],
      },
      {
        role: "tool",
        content: [
          { type: "tool-result", toolCallId: "c1", toolName: "get_weather", output: { type: "text", value: "sunny" } },
        ],
      },
    ],
  });
});

test("text, images, sound and files of a user reach the model as parts", async () => {
  const backend = scriptedBackend({ models: [{ id: "scripted", capabilities: { chat: true, vision: true } }] });
  await using served = await serveOpenAI({ backends: [backend] });
  await served.client.chat.completions.create({
    model: "scripted",
    messages: [
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } },
          { type: "image_url", image_url: { url: "https://example.com/a.jpg" } },
          { type: "input_audio", input_audio: { data: "BBBB", format: "mp3" } },
          { type: "file", file: { filename: "a.pdf", file_data: "data:application/pdf;base64,CCCC" } },
        ],
      },
    ],
  });
  expect(backend.calls[0]).toMatchObject({
    prompt: [
      {
        role: "user",
        content: [
          { type: "text", text: "What is this?" },
          { type: "file", mediaType: "image/png", data: { type: "data", data: "AAAA" } },
          { type: "file", mediaType: "image/*", data: { type: "url", url: new URL("https://example.com/a.jpg") } },
          { type: "file", mediaType: "audio/mpeg", data: { type: "data", data: "BBBB" } },
          { type: "file", mediaType: "application/pdf", filename: "a.pdf", data: { type: "data", data: "CCCC" } },
        ],
      },
    ],
  });
});

test("several answers are several calls, counted together", async () => {
  const replies = ["one", "two", "three"].map((text) => ({ text, usage: { inputTokens: 2, outputTokens: 1 } }));
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  const { choices, usage } = await served.client.chat.completions.create(ask("q", { n: 3 }));
  expect(choices.map(({ index }) => index)).toEqual([0, 1, 2]);
  expect(choices.map(({ message }) => message.content).sort()).toEqual(["one", "three", "two"]);
  expect(usage).toEqual({ prompt_tokens: 6, completion_tokens: 3, total_tokens: 9 });
});

test("an answer that was cut short says so, and thoughts come beside it", async () => {
  const replies = [{ reasoning: "hm", text: "cut", finishReason: "length" as const }];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  const { choices } = await served.client.chat.completions.create(ask("q"));
  expect(choices[0]).toMatchObject({
    finish_reason: "length",
    message: { content: "cut", reasoning_content: "hm" },
  });
});

test("without a model the runtime's default answers, and is named", async () => {
  const backend = scriptedBackend({ models: ["a", "b"] });
  await using served = await serveOpenAI({ backends: [backend], defaults: { model: "b" } });
  const { model } = await served.client.chat.completions.create(ask("q", { model: "" }));
  expect(model).toBe("b");
});
