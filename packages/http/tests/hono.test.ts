import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { Hono } from "hono";
import { expect, test } from "vitest";
import { toHono } from "../src/hono.ts";
import { handlerOf } from "./fixtures/serve-routes.ts";
import { call, counting, echo, streamOf } from "./fixtures/test-routes.ts";

const app = new Hono();
app.use("/ai/*", toHono(handlerOf([call, echo, streamOf(() => counting(2))], { mount: "/ai" })));
app.get("/own", (context) => context.json({ own: true }));

test("below its mount the handler answers, elsewhere the application does", async () => {
  expect(await (await app.request("/ai/call/1/2")).json()).toMatchObject({ mount: "/ai", params: { id: "1" } });
  expect((await app.request("/ai/nowhere")).status).toBe(404);
  expect(await (await app.request("/own")).json()).toEqual({ own: true });
  const made = await app.request("/ai/echo", {
    method: "POST",
    body: JSON.stringify({ name: "a" }),
    headers: { "content-type": "application/json" },
  });
  expect(made.status).toBe(201);
});

test("at the root, what is no route goes on", async () => {
  const own = new Hono();
  own.use(toHono(handlerOf([call])));
  own.notFound((context) => context.text("own", 418));
  expect((await own.request("/call/1/2")).status).toBe(200);
  expect((await own.request("/elsewhere")).status).toBe(418);
});

test("on a socket streams arrive, and this machine is known as the operator", async () => {
  const server = createAdaptorServer(app);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(`${url}/ai/stream`)).text()).toBe('data: {"count":1}\n\ndata: {"count":2}\n\n');
  expect(await (await fetch(`${url}/ai/call/1/2`)).json()).toMatchObject({ isOperator: true });
  server.close();
});

test.each([
  ["Bun, which gives its server", { requestIP: () => ({ address: "127.0.0.1" }) }, true],
  ["Bun behind a server of its own", { server: { requestIP: () => ({ address: "203.0.113.7" }) } }, false],
  ["Deno", { remoteAddr: { hostname: "127.0.0.1" } }, true],
  ["a host that tells nothing", {}, false],
])("who asks is known on %s", async (_name, env, isOperator) => {
  expect(await (await app.request("/ai/call/1/2", {}, env)).json()).toMatchObject({ isOperator });
});
