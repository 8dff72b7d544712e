import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { talkTo } from "./fixtures/talk-to.ts";

const hook = { name: "h", endpointUrl: "http://h.test", method: "POST", timeoutMs: 9, protocolType: "openai" };

/** Tests of its clients look for these texts. */
test.for([
  ["POST /execute", { prompt: "" }, "prompt is empty serverops: empty request body"],
  ["POST /tasks", { chain: { id: "c", tasks: [] } }, "chain has no tasks"],
  ["GET /taskchains/none", undefined, "failed to get task chain: libdb: not found"],
  ["DELETE /models/e", undefined, "serverops: immutable model"],
  ["POST /providers/openai/configure", {}, "api key is required"],
  ["POST /hooks/remote", { ...hook, name: "" }, "name is required"],
  ["POST /hooks/remote", { ...hook, endpointUrl: "" }, "endpoint URL is required"],
  ["POST /hooks/remote", { ...hook, method: "" }, "HTTP method is required"],
  ["POST /hooks/remote", { ...hook, timeoutMs: 0 }, "timeout must be positive"],
  ["POST /hooks/remote", { ...hook, headers: { "": "x" } }, "header name cannot be empty"],
  ["POST /hooks/remote", { ...hook, headers: { "X-K": "" } }, "header value for X-K cannot be empty"],
] as const)("%s with %j says the original's words: %s", async ([request, body, words]) => {
  const models = [{ id: "e", capabilities: { embed: true } }];
  const runtime = { backends: [scriptedBackend({ models })], defaults: { embedding: { model: "e" } } };
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  await talk("POST /models", { model: "e", contextLength: 9, canEmbed: true });
  const { status, body: answered } = await talk(request, body);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(answered).toMatchObject({ error: { message: expect.stringContaining(words) } });
});
