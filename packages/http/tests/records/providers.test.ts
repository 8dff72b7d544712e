import { geminiType } from "@catenary/gemini";
import { openaiType } from "@catenary/openai";
import { standIn } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveRuntime } from "../fixtures/serve-runtime.ts";
import { talkTo } from "../fixtures/talk-to.ts";

/** No test calls a provider. */
const runtime = {
  backendTypes: [openaiType, geminiType],
  fetch: () => Promise.reject(new TypeError("there is no network here")),
};

test("a provider gets a key and a backend that uses it, and nobody is told the key", async () => {
  const logged: unknown[] = [];
  const logger = { log: (...entry: readonly unknown[]) => void logged.push(entry) };
  await using served = await serveRuntime({ runtime: { ...runtime, logger }, http: { logger } });
  const talk = talkTo(served.url);
  const answers = [
    await talk("POST /providers/openai/configure", { apiKey: "canary-key" }),
    await talk("GET /providers/openai/status"),
    await talk("GET /providers/openai/config"),
    await talk("GET /providers/configs"),
    await talk("GET /backends/openai"),
    await talk("GET /state"),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(answers[0]?.body).toEqual(answers[1]?.body);
  expect(answers[0]?.body).toMatchObject({
    configured: true,
    provider: "openai",
    updatedAt: expect.stringMatching(/^2/),
  });
  expect(answers[3]?.body).toEqual([{ APIKey: "********", Type: "openai" }]);
  expect(answers[4]?.body).toMatchObject({ id: "openai", baseUrl: "https://api.openai.com/v1", type: "openai" });
  expect(JSON.stringify([answers, logged])).not.toContain("canary-key");
});

test("a key is only replaced where that is asked for", async () => {
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  await talk("POST /providers/gemini/configure", { apiKey: "a" });
  expect((await talk("POST /providers/gemini/configure", { apiKey: "b" })).status).toBe(422);
  expect((await talk("POST /providers/gemini/configure", { apiKey: "b", upsert: true })).status).toBe(200);
  expect((await talk("POST /providers/gemini/configure", { apiKey: "********", upsert: true })).status).toBe(422);
  expect((await talk("GET /backends")).body).toMatchObject([{ id: "gemini", type: "gemini" }]);
});

test("a provider whose key is forgotten keeps its backend, and its place in groups", async () => {
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  await talk("POST /providers/gemini/configure", { apiKey: "a" });
  await talk("POST /backend-affinity/internal_chat_group/backends/gemini");
  expect((await talk("DELETE /providers/gemini/config")).status).toBe(200);
  expect((await talk("DELETE /providers/gemini/config")).status).toBe(404);
  expect((await talk("GET /providers/gemini/config")).status).toBe(404);
  expect((await talk("GET /providers/gemini/status")).body).toMatchObject({ configured: false });
  expect((await talk("GET /backend-affinity/internal_chat_group/backends")).body).toMatchObject([{ id: "gemini" }]);
  expect((await talk("DELETE /backends/gemini")).status).toBe(200);
});

test("a provider whose key is forgotten makes no name right that nobody has heard of, and says how to give it one", async () => {
  const backends = [standIn()];
  await using served = await serveRuntime({ runtime: { ...runtime, backends } });
  const talk = talkTo(served.url);
  const ask = { model: "gpt-typo", messages: [{ role: "user", content: "q" }] };
  for (const provider of ["openai", "gemini"]) {
    await talk(`POST /providers/${provider}/configure`, { apiKey: "a" });
    await talk(`DELETE /providers/${provider}/config`);
    const { status, body } = await talk("POST /v1/chat/completions", ask);
    expect([status, body]).toMatchObject([404, { error: { code: "model_not_found" } }]);
    expect(JSON.stringify(body)).toContain(`POST /providers/${provider}/configure`);
    expect(JSON.stringify(body)).not.toContain("apiKey }");
  }
});

test.for([{}, { apiKey: "" }, { apiKey: "two\nlines" }, { apiKey: 5 }])("%j is no key", async (body) => {
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  expect((await talk("POST /providers/openai/configure", body)).status).toBe(422);
  expect((await talk("GET /backends")).body).toEqual([]);
});

test("a provider that nobody knows has no routes to configure it", async () => {
  await using served = await serveRuntime({ runtime });
  const talk = talkTo(served.url);
  expect((await talk("POST /providers/anthropic/configure", { apiKey: "a" })).status).toBe(405);
  expect((await talk("GET /providers/anthropic/config")).status).toBe(404);
});
