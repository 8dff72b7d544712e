import { createRuntime, defineChain, type LogLevel } from "@catenary/core";
import { type ScriptedReply, scriptedBackend } from "@catenary/testing";
import OpenAI from "openai";
import { expect, test, vi } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";

interface Line {
  readonly level: LogLevel;
  readonly event: string;
  readonly [field: string]: unknown;
}

const respond = defineChain({
  id: "respond",
  input: "openai_chat",
  tasks: { ask: { handler: "model_execution", executeConfig: { model: "scripted" } } },
});

const ASK = { model: "scripted", messages: [{ role: "user" as const, content: "a-private-question" }] };

async function logged(replies: readonly ScriptedReply[], graceMs = 500) {
  const lines: Line[] = [];
  const logger = {
    log: (level: LogLevel, event: string, fields: object) => void lines.push({ level, event, ...fields }),
  };
  const runtime = createRuntime({ backends: [scriptedBackend({ replies })], chains: [respond], logger });
  const served = await serveHttp(createHttpHandler(runtime, { logger }), { port: 0, graceMs });
  const client = (path: string) => new OpenAI({ baseURL: `${served.url}${path}`, apiKey: "none", maxRetries: 0 });
  const line = (event: string) => vi.waitFor(() => lines.find((one) => one.event === event) ?? expect.fail(event));
  return {
    lines,
    line,
    served,
    routed: client("/v1"),
    chain: client("/openai/respond/v1"),
    async [Symbol.asyncDispose]() {
      await served.close();
      await runtime.close();
    },
  };
}

test("a routed call is a line of its own beside its request's, whether it was answered or not", async () => {
  await using one = await logged(["A private answer.", { error: { status: 500 } }]);
  await one.routed.chat.completions.create(ASK);
  const request = await one.line("request");
  expect(await one.line("model_call")).toMatchObject({
    level: "info",
    requestId: request.requestId,
    backend: "scripted",
    model: "scripted",
    durationMs: expect.any(Number),
    failed: [],
  });
  one.lines.length = 0;
  await one.routed.chat.completions.create(ASK).catch(() => {});
  expect(await one.line("request")).toMatchObject({ status: 502, code: "upstream_error" });
  expect(await one.line("model_call")).toMatchObject({ level: "warn", code: "model_failed", failure: "server_error" });
  expect(JSON.stringify(one.lines)).not.toContain("rivate");
});

test.each([
  ["/execute", { prompt: "a-private-question" }],
  ["/embed", { text: "a-private-question" }],
  ["/v1/chat/completions", ASK],
  ["/v1/embeddings", { model: "scripted", input: "a-private-question" }],
])("a call of %s is one whether it is answered, fails, or is given up", async (path, body) => {
  const answer = path.includes("emb") ? { embedding: [1] } : "A private answer.";
  await using one = await logged([answer, { error: { status: 500 } }, { hang: true }]);
  const ask = (signal?: AbortSignal) =>
    fetch(`${one.served.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      ...(signal !== undefined && { signal }),
    });
  await ask();
  await ask();
  const leave = new AbortController();
  const left = ask(leave.signal);
  left.catch(() => {});
  setTimeout(() => leave.abort(), 100);
  await expect(left).rejects.toThrow();
  await vi.waitFor(() => expect(one.lines.filter(({ event }) => event === "request")).toHaveLength(3));
  const requests = one.lines.filter(({ event }) => event === "request").map(({ requestId }) => requestId);
  expect(one.lines.filter(({ event }) => event === "model_call")).toMatchObject([
    { level: "info", requestId: requests[0], backend: "scripted", failed: [] },
    { level: "warn", requestId: requests[1], code: "model_failed", failure: "server_error" },
    { level: "info", requestId: requests[2], outcome: "aborted", givenUp: "left" },
  ]);
  expect(JSON.stringify(one.lines)).not.toContain("rivate");
});

test("a run that failed quotes nobody either, in no line", async () => {
  await using one = await logged([]);
  const chain = { id: "f", tasks: [{ id: "stop", handler: "raise_error", prompt_template: "{{.input}}" }] };
  const response = await fetch(`${one.served.url}/tasks`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ input: "a-private-question", inputType: "string", chain }),
  });
  expect(await response.text()).toContain("private");
  expect(await one.line("request_failed")).toMatchObject({
    error: { code: "task_failed", taskId: "stop", cause: { code: "raised" } },
  });
  expect(JSON.stringify(one.lines)).not.toContain("private");
});

test("an embedding is one too", async () => {
  await using one = await logged([{ embedding: [1] }]);
  await one.routed.embeddings.create({ model: "scripted", input: "a" });
  expect(await one.line("model_call")).toMatchObject({ model: "scripted" });
});

test("the line of a request names the run that it began, and those where it began several", async () => {
  await using one = await logged(["a", "b", "c"]);
  await one.chain.chat.completions.create(ASK);
  expect(await one.line("request")).toMatchObject({ runId: expect.any(String) });
  one.lines.length = 0;
  await one.chain.chat.completions.create({ ...ASK, n: 2 });
  expect((await one.line("request")).runIds).toHaveLength(2);
});

test("what of a request reaches no model of a chain is told, with a form that the model is not known to obey", async () => {
  await using one = await logged(["a", "b"]);
  const request = { ...ASK, response_format: { type: "json_object" as const }, reasoning_effort: "low" as const };
  const told = [
    "reasoning_effort is not passed on to the models of chains",
    "response_format was left out in task ask: scripted is not known to obey it",
  ];
  const { response } = await one.chain.chat.completions.create(request).withResponse();
  expect(response.headers.get("x-catenary-warnings")).toBe(told.join("; "));
  expect(await one.line("request")).toMatchObject({ warnings: told });
  one.lines.length = 0;
  for await (const _ of await one.chain.chat.completions.create({ ...request, stream: true }));
  expect(await one.line("request")).toMatchObject({ warnings: told });
});

test("a stream that breaks off is told as broken, with its code", async () => {
  await using one = await logged([{ chunks: ["a ", "b"], error: { status: 500, afterChunks: 1 } }]);
  const stream = await one.routed.chat.completions.create({ ...ASK, stream: true });
  const reading = async () => {
    for await (const _ of stream);
  };
  await expect(reading()).rejects.toThrow();
  expect(await one.line("request")).toMatchObject({ status: 200, outcome: "broke", code: "upstream_error" });
  expect(await one.line("model_call")).toMatchObject({ level: "warn", code: "model_failed" });
});

test.each(["routed", "chain"] as const)(
  "a client of %s that leaves is no fault: its line says so, whether it was to stream or not",
  async (who) => {
    for (const stream of [true, false]) {
      await using one = await logged([{ chunks: ["a ", "b ", "c"], delayMs: 60_000 }]);
      const leave = new AbortController();
      const asked = one[who].chat.completions.create({ ...ASK, stream }, { signal: leave.signal });
      asked.catch(() => {});
      setTimeout(() => leave.abort(), 100);
      await expect(asked).rejects.toThrow();
      expect(await one.line("request")).toMatchObject({ level: "info", status: 499, outcome: "left" });
      if (who === "routed")
        expect(await one.line("model_call")).toMatchObject({
          level: "info",
          model: "scripted",
          outcome: "aborted",
          givenUp: "left",
        });
      expect(one.lines.filter(({ level }) => level === "error" || level === "warn")).toEqual([]);
    }
  },
);

test.each(["routed", "chain"] as const)(
  "a server that stops tells the clients of %s so, and that they may ask again",
  async (who) => {
    for (const stream of [true, false]) {
      await using one = await logged([{ chunks: ["a "], delayMs: 60_000 }], 20);
      const asked = one[who].chat.completions.create({ ...ASK, stream });
      const told = asked.then(
        () => undefined,
        (error: unknown) => error,
      );
      await new Promise((resolve) => setTimeout(resolve, 100));
      await one.served.close();
      expect(await told).toMatchObject({ status: 503, code: "server_stopping" });
      expect(await one.line("request")).toMatchObject({ status: 503, code: "server_stopping" });
    }
  },
);
