import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

test("the models that backends serve are listed once each, and told of one by one", async () => {
  const models = [{ id: "org/a:1b", modifiedAt: "2026-01-01T00:00:00Z" }, "b"];
  await using served = await serveOpenAI({
    backends: [scriptedBackend({ models }), scriptedBackend({ id: "two", models: ["b"] })],
  });
  const { data } = await served.client.models.list();
  expect(data).toEqual([
    { id: "org/a:1b", object: "model", created: 1767225600, owned_by: "scripted" },
    { id: "b", object: "model", created: expect.any(Number), owned_by: "scripted" },
  ]);
  expect(await served.client.models.retrieve("org/a:1b")).toMatchObject({ id: "org/a:1b" });
  await expect(served.client.models.retrieve("c")).rejects.toMatchObject({ status: 404, code: "model_not_found" });
});

test("below /openai the declared models are listed, the newest first and page by page, whatever the chain", async () => {
  await using served = await serveOpenAI({ models: [{ name: "first" }, { name: "second" }] });
  for (const client of [served.chainClient("no-such"), served.chainClient("other")]) {
    expect((await client.models.list()).data).toMatchObject([
      { id: "second", object: "model", owned_by: "system" },
      { id: "first", object: "model", owned_by: "system" },
    ]);
  }
  const listOf = async (query: string) => (await fetch(`${served.url}/openai/v1/models${query}`)).json();
  expect(await listOf("?limit=1")).toMatchObject({ object: "list", data: [{ id: "second" }] });
  expect(await listOf("?limit=0")).toEqual({ object: "list", data: [] });
  expect(await listOf("?limit=x")).toMatchObject({ error: { param: "limit" } });
});

test("below /openai each declared model is told of by itself, and what is none in OpenAI's shape", async () => {
  await using served = await serveOpenAI({ models: [{ name: "org/first:1b" }] });
  const client = served.chainClient("any");
  expect(await client.models.retrieve("org/first:1b")).toMatchObject({ id: "org/first:1b", owned_by: "system" });
  await expect(client.models.retrieve("none")).rejects.toMatchObject({ status: 404, code: "model_not_found" });
  await expect(client.responses.create({ model: "m", input: "a" })).rejects.toMatchObject({
    status: 404,
    code: "unknown_url",
    type: "invalid_request_error",
  });
});
