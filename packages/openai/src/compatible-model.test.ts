import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import type { LanguageModelCallOptions } from "@catenary/core";
import { expect, test } from "vitest";
import { openaiCompatible } from "./openai-compatible.ts";

const user = (text: string) => ({ role: "user" as const, content: [{ type: "text" as const, text }] });
const whole = (message: object, rest: object = {}) => ({
  id: "chatcmpl-1",
  created: 1_700_000_000,
  model: "swift-1",
  choices: [{ index: 0, message: { role: "assistant", ...message }, finish_reason: "stop" }],
  usage: { prompt_tokens: 12, completion_tokens: 45, prompt_tokens_details: { cached_tokens: 3 } },
  ...rest,
});
const tools = [{ type: "function" as const, name: "fly", inputSchema: { type: "object" as const, properties: {} } }];
const toolCall = { id: "call_1", type: "function", function: { name: "fly", arguments: '{"to":"Africa"}' } };

const CASES: readonly (readonly [string, LanguageModelCallOptions, object])[] = [
  ["a text", { prompt: [{ role: "system", content: "Short." }, user("Hi")] }, whole({ content: "Hello" })],
  [
    "settings, and an answer that is reasoned",
    { prompt: [user("Hi")], temperature: 0, topP: 0.5, topK: 3, seed: 7, stopSequences: ["."], maxOutputTokens: 9 },
    whole({ content: "Hello", reasoning_content: "Be polite." }),
  ],
  [
    "tools",
    { prompt: [user("Fly!")], tools, toolChoice: { type: "required" } },
    whole({ content: null, tool_calls: [toolCall] }),
  ],
  [
    "a schema, and options of the provider",
    {
      prompt: [user("Hi")],
      responseFormat: { type: "json", schema: { type: "object" }, name: "greeting" },
      providerOptions: { "openai-compatible": { user: "ann", extra: 1 } },
    },
    whole({ content: "{}" }, { usage: undefined }),
  ],
];

test.each(CASES)("a call with %s is asked and answered as the AI SDK does it", async (_, call, answer) => {
  const bodies: unknown[] = [];
  const fetch = async (_input: unknown, init?: RequestInit) => {
    bodies.push(JSON.parse(String(init?.body)));
    return Response.json(answer, { headers: { "x-request-id": "1" } });
  };
  const settings = { baseURL: "http://127.0.0.1:1/v1", fetch, supportsStructuredOutputs: true, includeUsage: true };
  const theirs = createOpenAICompatible({ name: "openai-compatible", ...settings }).chatModel("swift");
  const ours = openaiCompatible({ id: "x", baseUrl: "http://127.0.0.1:1/v1", fetch }).languageModel("swift");
  const expected = await theirs.doGenerate(call);
  expect(await ours.doGenerate(call)).toEqual(expected);
  expect(bodies[1]).toEqual(bodies[0]);
});

test("a call brings headers of its own", async () => {
  const sent: Headers[] = [];
  const fetch = async (_input: unknown, init?: RequestInit) => {
    sent.push(new Headers(init?.headers));
    return Response.json(whole({ content: "Hello" }));
  };
  const backend = openaiCompatible({
    id: "x",
    baseUrl: "http://127.0.0.1:1/v1",
    apiKey: "k",
    headers: { "X-A": "1" },
    fetch,
  });
  await backend.languageModel("swift").doGenerate({ prompt: [user("Hi")], headers: { "X-B": "2", "x-c": undefined } });
  expect(Object.fromEntries(sent[0] ?? [])).toEqual({
    authorization: "Bearer k",
    "content-type": "application/json",
    "x-a": "1",
    "x-b": "2",
  });
});
