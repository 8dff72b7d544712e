import { ollamaType } from "@catenary/ollama";
import { expect, test } from "vitest";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { talkTo, textAt } from "./fixtures/talk-to.ts";

const messageOf = (body: unknown) => JSON.stringify(body);

test("who sends requests is told what can be done by request, and not what to write in the program", async () => {
  await using served = await serveRuntime();
  const talk = talkTo(served.url);
  const ask = { messages: [{ role: "user", content: "q" }] };
  for (const [line, body] of [
    ["POST /execute", { prompt: "q" }],
    ["POST /v1/chat/completions", ask],
    ["POST /v1/chat/completions", { ...ask, stream: true }],
    [
      "POST /tasks",
      { input: "q", inputType: "string", chain: { id: "c", tasks: [{ id: "a", handler: "raw_string" }] } },
    ],
  ] as const) {
    const told = messageOf((await talk(line, body)).body);
    expect(told).toContain("register one with POST /backends");
    expect(told).not.toContain("createRuntime(");
  }
});

test("a backend is called by the name that it was given, in errors and in the log", async () => {
  const lines: object[] = [];
  await using served = await serveRuntime({
    runtime: { backendTypes: [ollamaType] },
    http: { logger: { log: (_level, event, fields) => void lines.push({ event, ...fields }) } },
  });
  const talk = talkTo(served.url);
  const backend = { name: "far-away", baseUrl: "http://127.0.0.1:9", type: "ollama" };
  const id = textAt((await talk("POST /backends", backend)).body, "id");
  await talk("POST /models", { model: "m:1b", contextLength: 1024, canChat: true, canPrompt: true });
  await talk(`POST /backend-affinity/internal_tasks_group/backends/${id}`);
  const { body } = await talk("POST /execute", { prompt: "q", model_name: "m:1b" });
  expect(messageOf(body)).toContain("far-away");
  expect(messageOf(body)).not.toContain(id);
});
