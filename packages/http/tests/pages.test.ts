import { describe, expect, test } from "vitest";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { handlerOf } from "./fixtures/serve-routes.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { call, run } from "./fixtures/test-routes.ts";

const PAGE = "https://app.example";
const KEY = "a-key-of-an-operator";

async function ask(http: object, line: string, headers: Readonly<Record<string, string>>) {
  await using served = await serveRuntime({ http });
  const lines = Object.entries({ host: "localhost", ...headers }).map(([name, value]) => `${name}: ${value}`);
  const [head = ""] = (await rawExchange(served.url, rawRequest(line, lines))).split("\r\n\r\n");
  const told = head.split("\r\n").slice(1);
  const fields = told.map((field) => [field.split(":")[0]?.toLowerCase(), field.replace(/^[^:]*: /, "")]);
  return { status: Number(head.split(" ")[1]), headers: Object.fromEntries(fields) };
}

const question = { origin: PAGE, "access-control-request-method": "POST" };

describe.each([
  ["with keys", { origins: [PAGE], keys: [KEY] }],
  ["without keys", { origins: [PAGE] }],
])("%s a page of an origin that was allowed", (_name, http) => {
  test("may ask what it may send, without a key, and is told", async () => {
    const asked = { ...question, "access-control-request-headers": "Authorization, x-stainless-lang, bad name" };
    const { status, headers } = await ask(http, "OPTIONS /runs", asked);
    expect([status, headers]).toMatchObject([
      204,
      {
        "access-control-allow-origin": PAGE,
        "access-control-allow-methods": "GET, POST",
        "access-control-allow-headers":
          "authorization, content-type, last-event-id, x-api-key, x-request-id, x-stainless-lang",
        vary: "origin",
      },
    ]);
    expect(headers).not.toHaveProperty("access-control-allow-credentials");
  });

  test("may read answers, errors, streams and the headers that they have", async () => {
    for (const line of ["GET /version", "GET /nowhere", "GET /queue/none", "GET /health"]) {
      const { headers } = await ask(http, line, { origin: PAGE, "x-api-key": KEY });
      expect(headers).toMatchObject({
        "access-control-allow-origin": PAGE,
        "access-control-expose-headers": expect.stringContaining("x-request-id"),
      });
    }
  });
});

test("a page needs a key where there are any, and may read that it does", async () => {
  expect(await ask({ origins: [PAGE], keys: [KEY] }, "GET /version", { origin: PAGE })).toMatchObject({
    status: 401,
    headers: { "access-control-allow-origin": PAGE },
  });
});

test.each([
  ["another origin", { origins: [PAGE], keys: [KEY] }, { ...question, origin: "https://evil.example" }, 401],
  ["another origin, without keys", { origins: [PAGE] }, { ...question, origin: "https://evil.example" }, 403],
  ["any origin, where none was allowed", { keys: [KEY] }, question, 401],
  ["no page", { origins: [PAGE] }, { "access-control-request-method": "POST" }, 405],
  ["a page that asks for nothing", { origins: [PAGE], keys: [KEY] }, { origin: PAGE }, 401],
  ["a page that leads its own name here", { origins: [PAGE] }, { ...question, host: "evil.example" }, 403],
])("who may not is told nothing: %s", async (_name, http, headers, status) => {
  const told = await ask(http, "OPTIONS /runs", headers);
  expect(told.status).toBe(status);
  expect(told.headers).not.toHaveProperty("access-control-allow-methods");
  expect(told.headers).not.toHaveProperty("access-control-allow-headers");
});

test("a page of another origin may read nothing", async () => {
  const headers = { origin: "https://evil.example", "x-api-key": KEY };
  for (const http of [{ origins: [PAGE], keys: [KEY] }, { origins: [PAGE] }, { keys: [KEY] }])
    expect(JSON.stringify(await ask(http, "GET /version", headers))).not.toContain("access-control");
});

test("at the root of a host what is no route of ours is the host's to answer, also to such pages", async () => {
  const handler = handlerOf([call, run], { origins: [PAGE] });
  const preflight = (path: string) =>
    handler(new Request(`http://localhost${path}`, { method: "OPTIONS", headers: question }));
  expect((await preflight("/run"))?.status).toBe(204);
  expect(await preflight("/own")).toBeUndefined();
});
