import { createRuntime } from "@catenary/core";
import { expect, test } from "vitest";
import { createHttpHandler } from "../src/create-http-handler.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

test("a served runtime says that it is there, with no body", async () => {
  await using served = await serveRuntime();
  const response = await fetch(`${served.url}/health`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBeNull();
  expect(response.headers.get("content-length")).toBe("0");
  expect(await response.text()).toBe("");
});

test("a served runtime says what it is, the same each time", async () => {
  await using served = await serveRuntime({ http: { version: "1.2.3", tenancy: "t" } });
  const [first, second] = await Promise.all([fetch(`${served.url}/version`), fetch(`${served.url}/version`)]);
  const body = await first.text();
  expect(first.headers.get("content-type")).toBe("application/json");
  expect(JSON.parse(body)).toEqual({
    version: "1.2.3",
    nodeInstanceID: expect.stringMatching(/^\w{8}$/),
    tenancy: "t",
  });
  expect(body).toMatch(/\n$/);
  expect(await second.text()).toBe(body);
});

test("the handler answers a request without any socket, and leaves other paths to its host", async () => {
  const handler = createHttpHandler(createRuntime());
  const response = await handler(new Request("http://localhost/version"));
  expect(response?.status).toBe(200);
  expect(await handler(new Request("http://localhost/elsewhere"))).toBeUndefined();
});
