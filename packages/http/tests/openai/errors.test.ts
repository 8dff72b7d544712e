import type { Backend, RuntimeOptions } from "@catenary/core";
import { openaiCompatible } from "@catenary/openai";
import { type ScriptedError, scriptedBackend } from "@catenary/testing";
import OpenAI, { APIError } from "openai";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

const ASK = { model: "scripted", messages: [{ role: "user" as const, content: "q" }] };

async function failureOf(backends: readonly Backend[], more: object = {}, options: Partial<RuntimeOptions> = {}) {
  await using served = await serveOpenAI({ backends, ...options });
  const error: unknown = await served.client.chat.completions.create({ ...ASK, ...more }).catch((thrown) => thrown);
  if (!(error instanceof APIError)) throw new Error("the call was to fail with an error of the API");
  return error;
}

const failing = (error: ScriptedError) => [scriptedBackend({ replies: [{ error }] })];

test("a model that no backend serves is not found, and the error says what there is", async () => {
  const error = await failureOf([scriptedBackend({ models: ["smollm2:135m"] })], { model: "smolm2:135m" });
  expect(error).toBeInstanceOf(OpenAI.NotFoundError);
  expect(error).toMatchObject({ code: "model_not_found", type: "invalid_request_error", param: "model" });
  expect(error.message).toContain("did you mean smollm2:135m?");
});

test("without any backend, or one that answers, the service is unavailable", async () => {
  expect(await failureOf([])).toMatchObject({ status: 503, code: "no_backend_available" });
  const dead = openaiCompatible({ id: "dead", baseUrl: "http://127.0.0.1:9/v1" });
  expect(await failureOf([dead])).toMatchObject({ status: 503 });
});

test("a model that nobody ever heard of is not found, also while a backend is down; one that was declared or was there is unavailable", async () => {
  const dead = openaiCompatible({ id: "dead", baseUrl: "http://127.0.0.1:9/v1" });
  let isDown = false;
  const shaky = scriptedBackend({
    id: "shaky",
    models: async () => {
      if (isDown) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
      return ["once:1b"];
    },
  });
  const backends = [scriptedBackend({ id: "live", models: ["there:1b"] }), dead, shaky];
  await using served = await serveOpenAI({
    backends,
    models: [{ name: "declared:1b" }],
    groups: [{ id: "g", backends: ["dead"], models: ["grouped:1b"] }],
  });
  const statusOf = async (model: string) => {
    const error: unknown = await served.client.chat.completions.create({ ...ASK, model }).catch((thrown) => thrown);
    return error instanceof APIError ? [error.status, error.code] : undefined;
  };
  await served.runtime.sync();
  isDown = true;
  await served.runtime.sync();
  expect(await statusOf("nonsense")).toEqual([404, "model_not_found"]);
  for (const model of ["declared:1b", "grouped", "once"]) expect((await statusOf(model))?.[0]).toBe(503);
  expect(await statusOf("there:1b")).toBeUndefined();
});

test.each<[string, ScriptedError, object]>([
  ["fails", { status: 500 }, { status: 502, code: "upstream_error" }],
  ["is overloaded", { status: 503 }, { status: 503, code: "overloaded" }],
  ["breaks off", {}, { status: 502, code: "upstream_unreachable" }],
  ["refuses our key", { status: 401 }, { status: 502, code: "upstream_credentials" }],
  ["refuses the request", { status: 400 }, { status: 400, type: "invalid_request_error" }],
])("a backend that %s is told as what it is", async (_what, error, told) => {
  expect(await failureOf(failing(error))).toMatchObject(told);
});

test("a backend that asks to wait is told with how long", async () => {
  const error = await failureOf(failing({ status: 429, retryAfterMs: 1_200 }));
  expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  expect(error.headers?.get("retry-after")).toBe("2");
});

test("a conversation that no context holds is refused as too long", async () => {
  const models = [{ id: "scripted", contextLength: 10, capabilities: { chat: true } }];
  const error = await failureOf([scriptedBackend({ models })], {
    messages: [{ role: "user", content: "word ".repeat(4_000) }],
  });
  expect(error).toMatchObject({ status: 400, code: "context_length_exceeded" });
});

test("what no model of the name can do is refused", async () => {
  const models = [{ id: "scripted", capabilities: { chat: true, tools: false } }];
  const error = await failureOf([scriptedBackend({ models })], {
    tools: [{ type: "function", function: { name: "f" } }],
  });
  expect(error).toMatchObject({ status: 400, code: "model_incapable" });
});

test.each<[string, object, string]>([
  ["no message", { messages: [] }, "messages"],
  ["a temperature that is no number", { temperature: "hot" }, "temperature"],
  ["too many answers", { n: 17 }, "n"],
  ["a tool that is no function", { tools: [{ type: "custom", custom: { name: "x" } }] }, "tools.0"],
  ["a choice that is none", { tools: [{ function: { name: "f" } }], tool_choice: { type: "x" } }, "tool_choice"],
  ["a choice of tools where there are none", { tool_choice: "required" }, "tool_choice"],
  [
    "a choice of a tool that is not among them",
    { tools: [{ function: { name: "f" } }], tool_choice: { type: "function", function: { name: "g" } } },
    "tool_choice",
  ],
  ["logprobs", { logprobs: true }, "logprobs"],
  ["an effort that nobody knows", { reasoning_effort: "heroic" }, "reasoning_effort"],
  ["a shape without a schema", { response_format: { type: "json_schema" } }, "response_format"],
  ["a part that nobody knows", { messages: [{ role: "user", content: [{ type: "smell" }] }] }, "messages.0.content.0"],
  [
    "an image with an address of another kind",
    { messages: [{ role: "user", content: [{ type: "image_url", image_url: { url: "file:///etc/passwd" } }] }] },
    "messages.0.content.0",
  ],
  [
    "an image in a system message",
    { messages: [{ role: "system", content: [{ type: "image_url", image_url: "data:image/png;base64,A" }] }] },
    "messages.0.content.0",
  ],
])("%s is refused, with the place, whether it is to stream or not", async (_what, more, param) => {
  const backend = scriptedBackend();
  expect(await failureOf([backend], more)).toMatchObject({ status: 400, param });
  expect(await failureOf([backend], { ...more, stream: true })).toMatchObject({ status: 400, param });
  expect(backend.calls).toHaveLength(0);
});

test.each(["max_tokens", "max_completion_tokens"])("an answer of no token is refused: %s", async (param) => {
  const error = await failureOf([scriptedBackend()], { [param]: 0 });
  expect(error).toMatchObject({ status: 400, type: "invalid_request_error", param });
  expect(error.message).toContain(`${param} expects a whole number of at least 1; got 0`);
});

test("a client that tries again gets the answer that comes then", async () => {
  const backend = scriptedBackend({ replies: [{ error: { status: 500 } }, "Now."] });
  await using served = await serveOpenAI({ backends: [backend] });
  const patient = served.client.withOptions({ maxRetries: 2 });
  const completion = await patient.chat.completions.create(ASK);
  expect(completion.choices[0]?.message.content).toBe("Now.");
});
