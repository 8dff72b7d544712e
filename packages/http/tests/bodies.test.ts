import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ServedHttp } from "../src/node/serve-http.ts";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { handlerOf, serveRoutes } from "./fixtures/serve-routes.ts";
import { echo, raw, run } from "./fixtures/test-routes.ts";

let served: ServedHttp;
beforeAll(async () => {
  served = await serveRoutes([echo, run, raw], { limits: { bodyBytes: 2_000, yamlBytes: 700, depth: 8, values: 500 } });
});
afterAll(() => served.close());

async function post(path: string, body: string | undefined, contentType: string | undefined = "application/json") {
  const headers = contentType === "" ? {} : { "content-type": contentType };
  const response = await fetch(`${served.url}${path}`, {
    method: "POST",
    headers,
    // A text would be given a content type by fetch itself.
    ...(body !== undefined && { body: new TextEncoder().encode(body) }),
  });
  return { status: response.status, body: JSON.parse(await response.text()) };
}

describe("what is taken", () => {
  test.each([
    ["JSON", '{"name":"a"}', "application/json"],
    ["JSON whose type is written differently", '{"name":"a"}', "Application/JSON; charset=utf-8"],
    ["JSON without a type", '{"name":"a"}', ""],
    ["YAML", "name: a\n", "application/yaml"],
    ["YAML by its other names", "name: a\n", "text/yaml"],
    ["YAML by its oldest name", "name: a\n", "application/x-yaml"],
    ["YAML as base64", btoa("name: a\n"), "application/x-yaml-base64"],
    ["YAML as base64 by a parameter", btoa("name: a\n"), "text/yaml; encoding=base64"],
  ])("%s", async (_name, body, contentType) => {
    expect(await post("/echo", body, contentType)).toEqual({ status: 201, body: { name: "a", baseUrl: "" } });
  });

  test("names of fields in any case, and fields that nobody knows", async () => {
    const sent = { NAME: "a", baseURL: "b", Parts: [{ PARTID: "p" }], Labels: { Kept: "x" }, more: 1 };
    const { status, body } = await post("/echo", JSON.stringify(sent));
    expect(status).toBe(201);
    expect(body).toEqual({ name: "a", baseUrl: "b", parts: [{ partId: "p" }], labels: { Kept: "x" } });
  });

  test("a null where there could be nothing", async () => {
    expect(await post("/echo", '{"name":"a","size":null,"baseUrl":null}')).toEqual({
      status: 201,
      body: { name: "a", baseUrl: "" },
    });
  });

  test("text that HTML would read as markup, which goes back escaped", async () => {
    const response = await fetch(`${served.url}/echo`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"name":"<b>&\u2028"}',
    });
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.text()).toBe('{"name":"\\u003cb\\u003e\\u0026\\u2028","baseUrl":""}\n');
  });
});

describe("what is refused, as the original does it where it has a status for it, else as a mistake of the client", () => {
  test.each([
    ["nothing at all", "", "application/json", 422, 400],
    ["half of an object", "{", "application/json", 422, 400],
    ["an array", "[]", "application/json", 422, 400],
    ["a text", '"x"', "application/json", 422, 400],
    ["a field of another type", '{"name":7}', "application/json", 422, 400],
    ["another type", '{"name":"a"}', "text/plain", 422, 415],
    ["a form", "name=a", "application/x-www-form-urlencoded", 422, 415],
    ["no type of any kind", '{"name":"a"}', "/", 422, 415],
    ["a type with parameters that are none", '{"name":"a"}', "application/json; ===", 422, 415],
    ["YAML that is none", "name: [a", "application/yaml", 422, 400],
    ["YAML with numbers that JSON does not have", "name: a\nx: .inf", "application/yaml", 422, 400],
    ["YAML that is not base64", "ä", "application/x-yaml-base64", 422, 400],
  ])("%s", async (_name, body, contentType, created, ran) => {
    const first = await post("/echo", body, contentType);
    const second = await post("/run", body, contentType);
    expect([first.status, second.status]).toEqual([created, ran]);
    expect(first.body.error).toMatchObject({ type: "invalid_request_error", code: "unprocessable_entity" });
    expect(second.body.error.code).toBe(ran === 415 ? "unsupported_media" : "bad_request");
  });

  test("the field that is wrong is named, and what it holds is not quoted", async () => {
    const { body } = await post("/echo", '{"name":"a","parts":[{"partId":["secret"]}]}');
    expect(body.error.param).toBe("parts.0.partId");
    expect(body.error.message).toBe(
      "the body's parts.0.partId expects a string; got an array: /openapi.json says what a body may have",
    );
  });

  test("aliases of YAML that stand for more than fits", async () => {
    const bomb = ["a: &a [x, x, x, x, x, x, x, x, x]", ...chain("abcdefgh")].join("\n");
    expect((await post("/echo", `name: a\n${bomb}`, "application/yaml")).status).toBe(422);
  });

  test("a field named __proto__ becomes nobody's prototype", async () => {
    const { status, body } = await post(
      "/echo",
      '{"name":"a","labels":{"__proto__":"x"},"__proto__":{"polluted":"yes"}}',
    );
    expect(status).toBe(201);
    expect(body).not.toHaveProperty("polluted");
    expect({}).not.toHaveProperty("polluted");
  });
});

describe("bodies that are too much", () => {
  test("one that says that it is too long is refused before it is read", async () => {
    const { status, body } = await post("/echo", JSON.stringify({ name: "x".repeat(3_000) }));
    expect(status).toBe(413);
    expect(body.error.code).toBe("request_too_large");
  });

  test("one that does not say it is refused as soon as it is", async () => {
    const chunk = `800\r\n${"x".repeat(0x800)}\r\n`;
    const request = rawRequest(
      "POST /run",
      ["Host: localhost", "Transfer-Encoding: chunked"],
      `${chunk}${chunk}0\r\n\r\n`,
    );
    expect(await rawExchange(served.url, request)).toMatch(/^HTTP\/1.1 413 /);
  });

  test.each(["application/yaml", "application/x-yaml-base64"])(
    "one in YAML may have less, because it takes longer: %s",
    async (type) => {
      const text = `name: ${"x".repeat(800)}`;
      const { status, body } = await post("/echo", type.endsWith("base64") ? btoa(text) : text, type);
      expect(status).toBe(413);
      expect(body.error.message).toContain("limits.yamlBytes");
      expect((await post("/echo", JSON.stringify({ name: text }))).status).toBe(201);
    },
  );

  test.each([
    ["JSON", `{"name":"a","x":${"[".repeat(9)}${"]".repeat(9)}}`, "application/json"],
    ["YAML", `name: a\nx: ${"[".repeat(9)}${"]".repeat(9)}`, "application/yaml"],
  ])("one that is nested too deep, in %s", async (_name, body, contentType) => {
    for (const path of ["/echo", "/run"])
      expect(await post(path, body, contentType)).toMatchObject({
        status: 413,
        body: { error: { code: "request_too_large", message: expect.stringContaining("limits.depth") } },
      });
  });

  test("one of too many values is refused before it is parsed", async () => {
    const { status, body } = await post("/run", `{"parts": [${"[],".repeat(300)}`);
    expect(status).toBe(413);
    expect(body.error.code).toBe("request_too_large");
  });

  test("a compressed one is refused: nobody knows how long it is", async () => {
    const response = await fetch(`${served.url}/run`, {
      method: "POST",
      headers: { "content-encoding": "gzip" },
      body: "{}",
    });
    expect(response.status).toBe(415);
  });

  test("one that does not come is given up", async () => {
    await using slow = await serveRoutes([run], { limits: { bodyTimeoutMs: 50 } });
    const request = rawRequest("POST /run", ["Host: localhost", "Content-Length: 100"], "{");
    expect(await rawExchange(slow.url, request)).toMatch(/^HTTP\/1.1 408 /);
  });

  test("a connection serves on after a refused body", async () => {
    await post("/echo", JSON.stringify({ name: "x".repeat(3_000) }));
    expect((await post("/echo", '{"name":"a"}')).status).toBe(201);
  });
});

test("a body that breaks off is an error, and the handler goes on", async () => {
  const { hostname, port } = new URL(served.url);
  const { connect } = await import("node:net");
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(rawRequest("PUT /raw", ["Host: localhost", "Content-Length: 100"], "half"));
      setTimeout(() => socket.destroy(), 20);
    });
    socket.once("close", () => resolve());
  });
  expect((await post("/echo", '{"name":"a"}')).status).toBe(201);
});

function chain(names: string): readonly string[] {
  return [...names].slice(1).map((name, index) => {
    const before = `*${names[index]}`;
    return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(", ")}]`;
  });
}

describe("a body that is no UTF-8", () => {
  const latin1 = Uint8Array.from('{"name":"caf\u00e9"}', (char) => char.charCodeAt(0));
  const sent = { method: "POST", headers: { "content-type": "application/json" }, body: latin1 };

  test.each([
    ["/echo", 422, "unprocessable_entity"],
    ["/run", 400, "bad_request"],
  ])(
    "is refused at %s with %i like every body that cannot be read, over a socket and without one",
    async (path, status, code) => {
      const answers = [
        await fetch(`${served.url}${path}`, sent),
        await handlerOf([echo, run])(new Request(`http://localhost${path}`, sent)),
      ];
      for (const response of answers) {
        expect(response?.status).toBe(status);
        expect(await response?.json()).toMatchObject({ error: { code, message: expect.stringContaining("UTF-8") } });
      }
    },
  );

  test("is refused by its charset before it is read", async () => {
    expect((await post("/run", '{"name":"a"}', "application/json; charset=utf-16")).status).toBe(415);
    expect((await post("/echo", '{"name":"a"}', "application/json; charset=utf-16")).status).toBe(422);
  });
});
