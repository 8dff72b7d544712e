// Loaded before each program of a page: answers the servers that the pages talk to, so that nothing leaves this process.
import { createFakeGemini, createFakeOllama, createFakeOpenAI } from "@catenary/testing";

const ollama = createFakeOllama({
  models: ["smollm2:135m", { name: "all-minilm", capabilities: ["embedding"] }],
  registry: ["llama3.2:1b"],
  answer: ({ text, format }) =>
    format === undefined
      ? `You asked: ${text}`
      : JSON.stringify({ answer: text.includes("down") ? "urgent" : "normal" }),
});
const openai = createFakeOpenAI();
const gemini = createFakeGemini();
const mistral = createFakeOpenAI({ models: ["mistral-small-latest", { id: "mistral-embed", embeds: true }] });
const host = createFakeOllama({ models: ["llama3.1:8b"], answer: ({ text }) => `You asked: ${text}` });
const lmStudio = createFakeOpenAI({
  models: [{ id: "qwen2.5-7b-instruct", contextLength: 32_768 }],
  dialect: "vllm",
});
/** A server that speaks nobody's protocol, for the page that writes a backend for it. */
const oracle = () => Promise.resolve(Response.json({ text: "Take an umbrella.", words: 3 }));
const hooks = (request: Request) => Promise.resolve(Response.json({ asked: new URL(request.url).pathname }));

const servers = new Map<string, (request: Request) => Promise<Response>>([
  ["127.0.0.1:11434", (request) => ollama(request)],
  ["api.openai.com", (request) => openai(request)],
  ["generativelanguage.googleapis.com", (request) => gemini(request)],
  ["api.mistral.ai", (request) => mistral(request)],
  ["gpu-1:11434", (request) => host(request)],
  ["gpu-2:11434", (request) => host(request)],
  ["127.0.0.1:1234", (request) => lmStudio(request)],
  ["models.example.com", oracle],
  ["127.0.0.1:8000", (request) => openai(request)],
  ["hooks.example.com", hooks],
]);

/** What a program itself serves is on this machine. */
const platformFetch = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { host, hostname } = new URL(request.url);
  const server = servers.get(host);
  if (server === undefined && hostname === "127.0.0.1") return platformFetch(request);
  if (server === undefined)
    throw new TypeError("fetch failed", {
      cause: Object.assign(new Error(`no server for ${host}`), { code: "ECONNREFUSED" }),
    });
  return server(request);
};
