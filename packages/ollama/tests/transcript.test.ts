import { createFakeOllama } from "@catenary/testing";
import { describe, expect, it } from "vitest";
import { notRun, realModels, realUrl, whyNotRun } from "./real-server.ts";
import { shapeOfAnswer } from "./shape-of-answer.ts";

const reason = (await whyNotRun()) ?? (await whyNotComparable());
if (reason !== undefined) notRun("the fake Ollama against the real one", reason, "ollama-transcript");

/** The fake imitates one version; another may have other fields and words. */
async function whyNotComparable(): Promise<string | undefined> {
  const answer: unknown = await (await fetch(`${realUrl}/api/version`)).json();
  const version = JSON.stringify(answer);
  return version.includes('"0.17.') ? undefined : `the fake imitates Ollama 0.17, but ${realUrl} says ${version}`;
}

interface Exchange {
  readonly name: string;
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
  /** Sent as it is. */
  readonly text?: string;
}

const { chat: model, embedding } = realModels;
const hi = [{ role: "user", content: "Say hi." }];
const options = { num_predict: 3, temperature: 0, seed: 1 };

const exchanges: readonly Exchange[] = [
  { name: "the root", path: "/" },
  { name: "the version", path: "/api/version" },
  { name: "the list of models", path: "/api/tags" },
  { name: "one model", path: "/api/show", body: { model: embedding } },
  { name: "one model that is not there", path: "/api/show", body: { model: "nope" } },
  { name: "a chat, streamed", path: "/api/chat", body: { model, messages: hi, options } },
  { name: "a chat at once", path: "/api/chat", body: { model, messages: hi, options, stream: false } },
  { name: "a chat of nothing", path: "/api/chat", body: { model, messages: [] } },
  { name: "a chat with a model that is not there", path: "/api/chat", body: { model: "nope", messages: hi } },
  { name: "a chat with a model that embeds", path: "/api/chat", body: { model: embedding, messages: hi } },
  { name: "a chat without a model", path: "/api/chat", body: { messages: hi } },
  { name: "a model's name that is a number", path: "/api/chat", body: { model: 5 } },
  { name: "a body that is no JSON", path: "/api/chat", text: "{bad" },
  { name: "an empty body", path: "/api/chat", text: "" },
  { name: "thinking that the model cannot", path: "/api/chat", body: { model, messages: hi, think: true } },
  { name: "a format that is none", path: "/api/chat", body: { model, messages: hi, format: "yaml", stream: false } },
  {
    name: "tools that the model cannot take",
    path: "/api/chat",
    body: {
      model,
      messages: hi,
      tools: [{ type: "function", function: { name: "f", parameters: { type: "object" } } }],
    },
  },
  { name: "a prompt, streamed", path: "/api/generate", body: { model, prompt: "hi", options } },
  { name: "a prompt at once", path: "/api/generate", body: { model, prompt: "hi", options, stream: false } },
  { name: "a prompt for a model that is not there", path: "/api/generate", body: { model: "nope", prompt: "hi" } },
  { name: "two texts to embed", path: "/api/embed", body: { model: embedding, input: ["a", "b"] } },
  { name: "nothing to embed", path: "/api/embed", body: { model: embedding } },
  { name: "something to embed that is no text", path: "/api/embed", body: { model: embedding, input: 5 } },
  { name: "embedding with a model that is not there", path: "/api/embed", body: { model: "nope", input: "a" } },
  { name: "a text to embed, the old way", path: "/api/embeddings", body: { model: embedding, prompt: "a" } },
  { name: "deleting what is not there", path: "/api/delete", method: "DELETE", body: { model: "nope" } },
  { name: "pulling nothing", path: "/api/pull", body: {} },
  {
    name: "pulling from where nobody is",
    path: "/api/pull",
    body: { model: "127.0.0.1:1/library/a:b", insecure: true },
  },
  { name: "a path that does not exist", path: "/api/nothing" },
  { name: "the wrong method", path: "/api/chat", method: "GET" },
  { name: "the list in OpenAI's form", path: "/v1/models" },
  { name: "a chat in OpenAI's form", path: "/v1/chat/completions", body: { model, messages: hi, max_tokens: 3 } },
  {
    name: "a chat in OpenAI's form, streamed",
    path: "/v1/chat/completions",
    body: { model, messages: hi, max_tokens: 3, stream: true, stream_options: { include_usage: true } },
  },
  { name: "vectors in OpenAI's form", path: "/v1/embeddings", body: { model: embedding, input: ["a"] } },
  {
    name: "OpenAI's form with a model that is not there",
    path: "/v1/chat/completions",
    body: { model: "nope", messages: hi },
  },
];

describe.skipIf(reason !== undefined)("the fake Ollama answers as the real one, in everything but the values:", () => {
  const fake = createFakeOllama({
    models: [
      { name: model, capabilities: ["completion"] },
      { name: embedding, capabilities: ["embedding"] },
    ],
  });

  it.each(exchanges)("$name", { timeout: 30_000 }, async ({ path, method, body, text }) => {
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const request = () => ({
      method: method ?? (content === undefined ? "GET" : "POST"),
      ...(content !== undefined && { body: content }),
    });
    const real = await shapeOfAnswer(await fetch(realUrl + path, request()));
    expect(await shapeOfAnswer(await fake(realUrl + path, request()))).toEqual(real);
  });
});
