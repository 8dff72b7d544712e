import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedHttp } from "../src/node/serve-http.ts";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { handlerOf, serveRoutes } from "./fixtures/serve-routes.ts";
import { call, echo, raw } from "./fixtures/test-routes.ts";

const routes = [call, echo, raw, { ...call, path: "/v1/models" }];
let served: ServedHttp;
beforeAll(async () => {
  served = await serveRoutes(routes);
});
afterAll(() => served.close());

async function ask(line: string): Promise<{ head: string; body: string; status: number }> {
  const [head = "", body = ""] = (await rawExchange(served.url, rawRequest(line, ["Host: localhost"]))).split(
    "\r\n\r\n",
  );
  return { head: head.toLowerCase(), body, status: Number(head.split(" ")[1]) };
}

describe("places in a path", () => {
  test.each([
    ["/call/a%20b/c", { id: "a b", rest: "c" }],
    ["/call/org%2Fmodel/smollm2:135m", { id: "org/model", rest: "smollm2:135m" }],
    ["/call/%C3%A4/%25", { id: "ä", rest: "%" }],
    ["/call/..%2F..%2Fetc%2Fpasswd/x", { id: "../../etc/passwd", rest: "x" }],
    ["/call/__proto__/constructor", { id: "__proto__", rest: "constructor" }],
  ])("%s is decoded once, into texts that lead nowhere", async (path, params) => {
    expect(JSON.parse((await ask(`GET ${path}`)).body).params).toEqual(params);
  });

  test("bytes that are no UTF-8 are a mistake of the client", async () => {
    expect((await ask("GET /call/%ff/x")).status).toBe(400);
    expect((await ask("GET /call/%/x")).status).toBe(400);
  });

  test("an empty place is none", async () => {
    expect((await ask("GET /call/x/")).status).toBe(404);
  });

  test("the query is decoded, and has no part in the path", async () => {
    expect(JSON.parse((await ask("GET /call/x/y?limit=1&cursor=a%2Bb")).body).query).toEqual({
      limit: "1",
      cursor: "a+b",
    });
  });

  test("an address that was sent whole leads to the same", async () => {
    expect(JSON.parse((await ask("GET http://localhost/call/x/y?a=1")).body)).toMatchObject({ path: "/call/x/y" });
  });
});

describe("what is no route", () => {
  test("an unknown path has an error's body", async () => {
    const { status, body, head } = await ask("GET /nowhere");
    expect(status).toBe(404);
    expect(head).toContain("content-type: application/json\r\n");
    expect(JSON.parse(body)).toEqual({
      error: {
        message: expect.stringMatching(/^serverops: not found: .*openapi.json/),
        type: "invalid_request_error",
        code: "not_found",
      },
    });
  });

  test.each([
    ["DELETE /call/1/2", "get, head"],
    ["POST /raw", "get, head, put"],
    ["OPTIONS /raw", "get, head, put"],
    ["POST /nowhere", "get, head"],
  ])("%s is told which methods there are", async (line, allow) => {
    const { status, head, body } = await ask(line);
    expect(status).toBe(405);
    expect(head).toContain(`allow: ${allow}\r\n`);
    expect(body).toBe("Method Not Allowed\n");
  });

  test("GET of a path that only takes others is not found", async () => {
    expect((await ask("GET /echo")).status).toBe(404);
  });

  test("HEAD is answered as GET is, without the body", async () => {
    const { status, head, body } = await ask("HEAD /call/1/2");
    expect({ status, body }).toEqual({ status: 200, body: "" });
    expect(head).toMatch(/content-length: [1-9]/);
  });

  test.each([
    ["GET //call/1/2", "/call/1/2"],
    ["POST /x/../echo?a=1", "/echo?a=1"],
    ["GET /call/./1/2/", "/call/1/2/"],
    ["GET //evil.example/x", "/evil.example/x"],
    ['GET //a"><script>/', "/a%22%3e%3cscript%3e/"],
    ["GET /\\\\evil.example//x", "/%5c%5cevil.example/x"],
  ])("%s is led to where it should have asked", async (line, location) => {
    const { status, head, body } = await ask(line);
    expect(status).toBe(307);
    expect(head).toContain(`location: ${location}\r\n`);
    expect(body).not.toContain("<script");
  });
});

describe("below the paths of OpenAI's clients every error is JSON", () => {
  test.each([
    ["POST /v1/responses", 404, "unknown_url", undefined],
    ["GET /v1/files", 404, "not_found", undefined],
    ["DELETE /openai/a/v1/models", 404, "unknown_url", undefined],
    ["POST /v1/models", 405, "method_not_allowed", "get, head"],
    ["PUT /v1/models", 405, "method_not_allowed", "get, head"],
  ])("%s: %i %s", async (line, status, code, allow) => {
    const answer = await ask(line);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error).toMatchObject({ code, message: expect.any(String) });
    if (allow !== undefined) expect(answer.head).toContain(`allow: ${allow}\r\n`);
  });
});

describe("targets that are no paths", () => {
  test("who asks what the server can is told", async () => {
    expect(await ask("OPTIONS *")).toMatchObject({
      status: 204,
      head: expect.stringContaining("allow: delete, get, head, post, put\r\n"),
    });
  });

  test.each(["GET *", "GET elsewhere"])("%s is refused", async (line) => {
    expect((await ask(line)).status).toBe(400);
  });
});

describe("ids of requests", () => {
  test("every answer has one of its own, errors too", async () => {
    const ids = await Promise.all(
      ["/call/1/2", "/nowhere", "/call/%ff/2"].map(async (path) =>
        (await fetch(served.url + path)).headers.get("x-request-id"),
      ),
    );
    expect(new Set(ids).size).toBe(3);
    expect(ids).not.toContain(null);
  });

  test("one that the client gave is kept", async () => {
    const response = await fetch(`${served.url}/call/1/2`, { headers: { "x-request-id": "mine-1" } });
    expect(response.headers.get("x-request-id")).toBe("mine-1");
    expect(await response.json()).toMatchObject({ requestId: "mine-1" });
  });

  test("one that could be something else is not", async () => {
    for (const id of ["a b", "<script>", "x".repeat(200)]) {
      const response = await fetch(`${served.url}/call/1/2`, { headers: { "x-request-id": id } });
      expect(response.headers.get("x-request-id")).not.toBe(id);
    }
  });
});

describe("under a mount", () => {
  const handler = handlerOf(routes, { mount: "/ai" });
  const get = async (path: string) => handler(new Request(`http://localhost${path}`));

  test("everything below it is ours", async () => {
    expect(await (await get("/ai/call/1/2"))?.json()).toMatchObject({ mount: "/ai", path: "/call/1/2" });
    expect((await get("/ai/nowhere"))?.status).toBe(404);
    expect((await get("/ai"))?.status).toBe(404);
  });

  test("nothing else is", async () => {
    for (const path of ["/", "/call/1/2", "/aix/call/1/2", "/other/ai/call/1/2"])
      expect(await get(path)).toBeUndefined();
  });

  test("at the root only the routes are", async () => {
    const atRoot = handlerOf(routes);
    expect((await atRoot(new Request("http://localhost/call/1/2")))?.status).toBe(200);
    expect(await atRoot(new Request("http://localhost/echo"))).toBeUndefined();
    expect(await atRoot(new Request("http://localhost/nowhere", { method: "POST" }))).toBeUndefined();
  });

  test.each(["ai", "/ai/", "/", "/a b", "/ai?x"])("%j is refused as a mount", async (mount) => {
    const { createHttpHandler } = await import("../src/create-http-handler.ts");
    const { createRuntime } = await import("@catenary/core");
    expect(() => createHttpHandler(createRuntime(), { mount })).toThrow(/expects mount to be a path/);
  });
});
