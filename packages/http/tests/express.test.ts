import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import express from "express";
import { describe, expect, test } from "vitest";
import { toExpress } from "../src/express.ts";
import { handlerOf } from "./fixtures/serve-routes.ts";
import { call, counting, echo, raw, streamOf } from "./fixtures/test-routes.ts";

// Safe: the older Express has no types of its own; as far as it is used here, it is as the newer one's say.
const express4 = createRequire(import.meta.url)("express4") as typeof express;

const versions: readonly (readonly [string, typeof express])[] = [
  ["Express 5", express],
  ["Express 4", express4],
];
const handler = handlerOf([call, echo, raw, streamOf(() => counting(2))]);

describe.each(versions)("%s", (_name, make) => {
  async function withApp(order: "before" | "after", use: (url: string) => Promise<void>): Promise<void> {
    const app = make();
    if (order === "after") app.use(make.json(), make.text({ type: "application/yaml" }));
    app.use("/ai", toExpress(handler));
    if (order === "before") app.use(make.json());
    app.get("/own", (_request, response) => void response.json({ own: true }));
    app.post("/own", (request, response) => void response.json(request.body));
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  const post = (url: string, body: string, contentType = "application/json") =>
    fetch(url, { method: "POST", headers: { "content-type": contentType }, body });

  describe.each(["before", "after"] as const)("%s express.json()", (order) => {
    test("bodies arrive, and what is wrong with them is told", () =>
      withApp(order, async (url) => {
        const response = await post(`${url}/ai/echo`, '{"NAME":"a"}');
        expect([response.status, await response.json()]).toEqual([201, { name: "a", baseUrl: "" }]);
        expect((await post(`${url}/ai/echo`, '{"name":7}')).status).toBe(422);
        expect((await post(`${url}/ai/echo`, "")).status).toBe(422);
        expect(await (await post(`${url}/ai/echo`, "name: y", "application/yaml")).json()).toMatchObject({ name: "y" });
      }));

    test("the application's own routes and bodies stay its own", () =>
      withApp(order, async (url) => {
        expect(await (await fetch(`${url}/own`)).json()).toEqual({ own: true });
        expect(await (await post(`${url}/own`, '{"a":1}')).json()).toEqual({ a: 1 });
        expect((await fetch(`${url}/nowhere`)).status).toBe(404);
      }));

    test("streams, paths and ids are as on a server of its own", () =>
      withApp(order, async (url) => {
        expect(await (await fetch(`${url}/ai/stream`)).text()).toBe('data: {"count":1}\n\ndata: {"count":2}\n\n');
        expect(await (await fetch(`${url}/ai/call/a%2Fb/c?x=1`)).json()).toMatchObject({
          mount: "/ai",
          path: "/call/a%2Fb/c",
          params: { id: "a/b" },
          query: { x: "1" },
          isOperator: true,
        });
        expect(await (await fetch(`${url}/ai/nowhere`)).json()).toHaveProperty("error.code", "not_found");
      }));
  });

  test("at the root, what is no route goes on", async () => {
    const app = make();
    app.use(toExpress(handler));
    app.use((_request, response) => void response.status(418).end());
    const server = app.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect((await fetch(`${url}/call/1/2`)).status).toBe(200);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(418);
    server.closeAllConnections();
    server.close();
  });
});
