import { describe, expect, test } from "vitest";
import type { HttpOptions } from "../src/http-options.ts";
import { serveHttp } from "../src/node/serve-http.ts";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { handlerOf, serveRoutes } from "./fixtures/serve-routes.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { call, run } from "./fixtures/test-routes.ts";

const KEY = "a-key-of-an-operator";

async function ask(options: HttpOptions, headers: Readonly<Record<string, string>>) {
  await using served = await serveRoutes([call, run], options);
  // fetch sets some of these headers itself.
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  const answer = await rawExchange(served.url, rawRequest("GET /call/1/2", lines));
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: JSON.parse(body) };
}

describe("with keys", () => {
  test.each([
    ["Authorization", { authorization: `Bearer ${KEY}` }],
    ["Authorization, however it is spelt", { authorization: `bearer  ${KEY}` }],
    ["X-API-Key", { "x-api-key": KEY }],
    ["X-API-Key with a scheme", { "x-api-key": `Bearer ${KEY}` }],
    ["either of two", { authorization: "Bearer another", "x-api-key": KEY }],
  ])("who gives one as %s is an operator", async (_name, headers) => {
    expect(await ask({ keys: ["first-key", KEY] }, headers)).toMatchObject({ status: 200, body: { isOperator: true } });
  });

  test.each([
    ["none", {}],
    ["another", { authorization: "Bearer another" }],
    ["half of it", { "x-api-key": KEY.slice(0, -1) }],
    ["an empty one", { "x-api-key": "" }],
    ["one of another scheme", { authorization: `Basic ${KEY}` }],
  ])("who gives %s is refused", async (_name, headers) => {
    const { status, head, body } = await ask({ keys: [KEY] }, headers);
    expect(status).toBe(401);
    expect(head.toLowerCase()).toContain("www-authenticate: bearer");
    expect(body.error).toMatchObject({ type: "authentication_error", code: "unauthorized" });
    expect(JSON.stringify(body)).not.toContain("another");
  });

  test("every Host is taken, whatever names were allowed: a page has no key", async () => {
    const options = { keys: [KEY], hosts: ["app.example"] };
    expect((await ask(options, { host: "other.example", "x-api-key": KEY })).status).toBe(200);
    expect((await ask(options, { host: "other.example" })).status).toBe(401);
  });

  test("everybody may ask whether the process answers, and read the document", async () => {
    await using served = await serveRuntime({ http: { keys: [KEY] } });
    const statuses = await Promise.all(
      ["/health", "/openapi.json", "/docs", "/version", "/nowhere"].map(
        async (path) => (await fetch(served.url + path)).status,
      ),
    );
    expect(statuses).toEqual([200, 200, 200, 401, 401]);
  });

  test("a key that no header could carry is refused when the handler is made", () => {
    for (const key of ["", " a", "ä", "a\nb"])
      expect(() => handlerOf([], { keys: [key] })).toThrow(/keys\[0\] expects/);
  });
});

describe("without keys", () => {
  test("this machine is the operator", async () => {
    expect(await ask({}, {})).toMatchObject({ status: 200, body: { isOperator: true } });
  });

  test.each([
    "forwarded",
    "via",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
    "cf-connecting-ip",
    "true-client-ip",
  ])("a proxy on this machine that says %s is not", async (name) => {
    expect(await ask({}, { [name]: "203.0.113.7" })).toMatchObject({ status: 200, body: { isOperator: false } });
  });

  test("a request of which nobody knows where it came from has no operator", async () => {
    const handler = handlerOf([call]);
    const at = async (peerAddress?: string) => {
      const response = await handler(
        new Request("http://localhost/call/1/2"),
        peerAddress === undefined ? {} : { peerAddress },
      );
      return response?.json();
    };
    expect(await at()).toMatchObject({ isOperator: false });
    expect(await at("203.0.113.7")).toMatchObject({ isOperator: false });
    expect(await at("::ffff:127.0.0.1")).toMatchObject({ isOperator: true });
  });

  test.each([
    "localhost",
    "localhost:8081",
    "LOCALHOST",
    "app.localhost",
    "127.0.0.1:8081",
    "[::1]:8081",
    "192.168.1.5",
    "host.docker.internal:8081",
  ])("the Host %s is one of this machine", async (host) => {
    expect((await ask({}, { host })).status).toBe(200);
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "host.docker.internal.evil.example",
    "127.0.0.1.evil.example",
    "evil.example:8081",
    "a b",
    "",
  ])("the Host %j is refused: a page may have led its own name here", async (host) => {
    expect(await ask({}, { host })).toMatchObject({ status: 403, body: { error: { code: "forbidden" } } });
  });

  test.each([
    ["http://evil.example/call/1/2", 403],
    ["HTTP://me@localhost/call/1/2", 403],
    ["http:///call/1/2", 403],
    ["http://localhost:8081/call/1/2", 200],
  ])("in a whole address, %s, its host counts and not the header", async (target, status) => {
    await using served = await serveRoutes([call]);
    const answer = await rawExchange(served.url, rawRequest(`GET ${target}`, ["Host: localhost"]));
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test("names that were allowed come beside those of this machine", async () => {
    const options = { hosts: ["App.example"] };
    for (const host of ["app.example:443", "localhost", "192.168.1.5", "[fe80::1]"])
      expect((await ask(options, { host })).status).toBe(200);
    expect((await ask(options, { host: "evil.example" })).status).toBe(403);
    expect((await ask({ hosts: "any" }, { host: "evil.example" })).status).toBe(200);
  });

  test.each([
    ["a page of another origin", { origin: "http://evil.example" }, 403],
    ["a page without one", { origin: "null" }, 403],
    ["a page of another port", { origin: "http://localhost:3000", host: "localhost:8081" }, 403],
    ["a page of its own", { origin: "http://localhost:8081", host: "localhost:8081" }, 200],
    ["a page that was allowed", { origin: "https://app.example" }, 200],
  ])("%s is answered accordingly", async (_name, headers, status) => {
    expect((await ask({ origins: ["https://app.example"] }, headers)).status).toBe(status);
  });

  test("a form of another site cannot run anything", async () => {
    await using served = await serveRoutes([run]);
    const request = rawRequest(
      "POST /run",
      ["Host: localhost", "Sec-Fetch-Site: cross-site", "Content-Length: 2"],
      "{}",
    );
    expect(await rawExchange(served.url, request)).toMatch(/^HTTP\/1.1 403 /);
  });

  test("no answer lets a page of another origin read it", async () => {
    await using served = await serveRoutes([run]);
    const request = rawRequest("OPTIONS /run", [
      "Host: localhost",
      "Origin: http://localhost",
      "Access-Control-Request-Method: POST",
    ]);
    const answer = await rawExchange(served.url, request);
    expect(answer).toMatch(/^HTTP\/1.1 405 /);
    expect(answer.toLowerCase()).not.toContain("access-control");
  });
});

describe("the address to listen at", () => {
  test.each(["0.0.0.0", "::"])("%s is refused where nobody would need a key", async (host) => {
    await expect(serveHttp(handlerOf([]), { port: 0, host })).rejects.toMatchObject({ code: "http_insecure" });
  });

  test("it is taken with a key, and where somebody says that it is insecure", async () => {
    await using keyed = await serveHttp(handlerOf([call], { keys: [KEY] }), { port: 0, host: "0.0.0.0" });
    await using open = await serveHttp(handlerOf([call]), { port: 0, host: "0.0.0.0", insecure: true });
    expect((await fetch(`http://127.0.0.1:${keyed.port}/call/1/2`)).status).toBe(401);
    expect((await fetch(`http://127.0.0.1:${open.port}/call/1/2`)).status).toBe(200);
  });

  test("a port that is taken is told as that", async () => {
    await using first = await serveRoutes([call]);
    await expect(serveHttp(handlerOf([]), { port: first.port })).rejects.toMatchObject({
      code: "http_not_listening",
      message: expect.stringContaining("take another port"),
    });
  });
});
