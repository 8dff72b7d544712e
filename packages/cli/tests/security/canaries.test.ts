import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createRuntime, type Fetch } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { serveHttp } from "@catenary/http/node";
import { openaiType } from "@catenary/openai";
import { expect, onTestFinished, test } from "vitest";
import { partOf } from "../part-of.ts";
import { scratchFolder, serving } from "../start-catenary.ts";
import { callHook } from "./call-hook.ts";
import { hookServer } from "./hook-server.ts";

const SECONDS = 1_000;

test("secrets of hooks are in no answer, run, event or log, also where their server gives them back", {
  timeout: 60 * SECONDS,
}, async () => {
  const server = await serving(["--no-data", "--log-level", "debug", "--log-text"]);
  const hostile = await hookServer((request, response) => {
    const { authorization = "", "x-own": own = "" } = request.headers;
    response
      .writeHead(500, { "www-authenticate": authorization })
      .end(`you sent ${authorization} and ${own} to ${request.url}`);
  });
  const headers = { Authorization: "Bearer canary-bearer", "X-Own": "canary-own" };
  const told = await callHook(server.ask, `${hostile.url}/hook?token=canary-query`, { headers });
  expect([told.status, hostile.seen[0]?.headers["x-own"]]).toEqual([500, "canary-own"]);
  const hooks = await server.ask("GET", "/supported");
  const chain = { id: "c", tasks: [{ id: "a", handler: "hook", hook: { name: partOf(hooks.body, 0) } }] };
  const { body } = await server.ask("POST", "/runs", { input: "q", inputType: "string", chain });
  const place = `/runs/${partOf(body, "runId")}`;
  const events = await (await fetch(`${server.url}${place}/events`)).text();
  const run = await server.ask("GET", place);
  expect(events).toContain("event: run_failed");
  expect(JSON.stringify([told.body, events, run.body, server.lines()])).not.toContain("canary");
  expect(server.lines().some(({ event }) => event === "hook_call")).toBe(true);
});

test("the keys of providers come back masked, and are in no log, also where their server quotes them", async () => {
  const told: unknown[] = [];
  const quoted: string[] = [];
  const quote: Fetch = async (_input, init) => {
    const authorization = new Headers(init?.headers).get("authorization") ?? "";
    quoted.push(authorization);
    return Response.json({ error: { message: `wrong key: ${authorization}` } }, { status: 401 });
  };
  const logger = { log: (...line: readonly unknown[]) => void told.push(line) };
  const runtime = createRuntime({ fetch: quote, backendTypes: [openaiType], logger, logText: true });
  const served = await serveHttp(createHttpHandler(runtime, { logger }), { port: 0, graceMs: 0 });
  onTestFinished(async () => {
    await served.close();
    await runtime.close();
  });
  const key = { apiKey: "sk-canary-0123456789", upsert: true };
  const asked: readonly (readonly [path: string, body?: object])[] = [
    ["/providers/openai/configure", key],
    ["/providers/openai/status"],
    ["/providers/configs"],
    ["/models", { model: "gpt-x", contextLength: 1_000, canChat: true, canPrompt: true }],
    ["/execute", { prompt: "hi", modelName: "gpt-x", modelProvider: "openai" }],
    ["/v1/chat/completions", { model: "gpt-x", messages: [{ role: "user", content: "hi" }] }],
    ["/backends"],
  ];
  for (const [path, body] of asked) {
    const init = { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } };
    const response = await fetch(`${served.url}${path}`, body === undefined ? {} : init);
    told.push([...response.headers], await response.text());
  }
  expect(quoted).toContain("Bearer sk-canary-0123456789");
  expect(JSON.stringify(told)).not.toContain("canary");
  expect(JSON.stringify(told)).toContain("wrong key");
});

test("ids that are paths are ids: nothing is written beside the file of the data", {
  timeout: 60 * SECONDS,
}, async () => {
  const folder = scratchFolder();
  const server = await serving(["--data", "in"], { folder });
  const ids = ["../../out", "..\\out", "/tmp/canary-out", "file:///x", "a\u0000b", "%2e%2e%2fout", "C:\\out", "con"];
  for (const id of ids) {
    const chain = { id, tasks: [{ id: "say", handler: "noop" }] };
    const { status } = await server.ask("POST", "/taskchains", chain);
    if (status === 201)
      expect((await server.ask("GET", `/taskchains/${encodeURIComponent(id)}`)).body).toMatchObject({ id });
    else expect([400, 422]).toContain(status);
  }
  server.child.kill("SIGTERM");
  await server.ended;
  expect(readdirSync(folder)).toEqual(["in"]);
  expect(readdirSync(join(folder, "in")).every((name) => name.startsWith("catenary.db"))).toBe(true);
});
