import { createRuntime } from "@catenary/core";
import { standIn } from "@catenary/testing";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import { createHttpHandler } from "../src/create-http-handler.ts";
import { generalReplies } from "../src/openapi/general-replies.ts";
import { ROUTE_NOUNS } from "../src/route-noun.ts";
import { createSurface } from "../src/surface.ts";
import { documentCheck } from "./fixtures/document-check.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

const routes = allRoutes(createSurface(createRuntime(), {}));

interface Document {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<
        Record<
          string,
          {
            readonly responses: object;
            readonly operationId: string;
            readonly requestBody?: { readonly content: object };
            readonly parameters?: readonly object[];
          }
        >
      >
    >
  >;
}

describe("the document of the routes", () => {
  test("is OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(createHttpHandler(createRuntime()).openApi());
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  test("is served as the handler has it, under its mount too", async () => {
    await using served = await serveRuntime({ http: { mount: "/ai", version: "9" } });
    const document = await (await fetch(`${served.url}/ai/openapi.json`)).json();
    expect(document).toMatchObject({ servers: [{ url: "/ai" }], info: { version: "9" } });
  });

  // Safe: the document's own test says that it is one.
  const { paths } = createHttpHandler(createRuntime()).openApi() as unknown as Document;

  test.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("has %s", (_name, route) => {
    const operation = paths[route.path]?.[route.method.toLowerCase()];
    const own = [...Object.keys(route.replies), ...Object.keys(generalReplies(route))];
    expect(Object.keys(operation?.responses ?? {})).toEqual([...own.sort(), "default"]);
  });

  test("says the body of every error", () => {
    const bare = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).flatMap(([method, { responses }]) =>
        Object.entries(responses)
          .filter(([status, reply]) => Number(status) >= 400 && !/schema|\$ref/.test(JSON.stringify(reply)))
          .map(([status]) => `${method} ${path} ${status}`),
      ),
    );
    expect(bare).toEqual([]);
  });

  test("says what can be sent and what comes beside JSON: YAML, streams, headers", () => {
    const chat = paths["/openai/{chain}/v1/chat/completions"]?.post;
    expect(Object.keys(chat?.requestBody?.content ?? {})).toEqual([
      "application/json",
      "application/yaml",
      "text/yaml",
      "application/x-yaml",
      "application/x-yaml-base64",
    ]);
    expect(chat?.responses).toMatchObject({
      200: { content: { "application/json": {}, "text/event-stream": { schema: { type: "string" } } } },
    });
    expect(paths["/runs/{id}/events"]?.get?.parameters).toContainEqual(
      expect.objectContaining({ name: "Last-Event-ID", in: "header", required: false }),
    );
    expect(paths["/models"]?.get?.responses).toMatchObject({ 200: { headers: { "x-next-cursor": {} } } });
    expect(paths["/runs"]?.post?.responses).toMatchObject({ 202: { headers: { location: {} } } });
  });

  test("says that jobs of a queue have no ids of their own", () => {
    expect(paths["/queue"]?.get).toMatchObject({ summary: expect.stringContaining("its backend's address as id") });
  });

  test("says 422 of a query only where one is refused", () => {
    expect(paths["/models/{model}"]?.delete?.responses).not.toHaveProperty("422");
    expect(paths["/queue/cancel"]?.delete?.responses).not.toHaveProperty("422");
    expect(paths["/downloads"]?.get?.responses).toHaveProperty("422");
  });

  test("says what a record cannot do without, and which words its fields take", () => {
    const bodyOf = (path: string) => Object(paths[path]?.post?.requestBody?.content)["application/json"].schema;
    const requiredOf = (path: string) => bodyOf(path).required;
    expect(requiredOf("/backends")).toEqual(["name", "baseUrl", "type"]);
    expect(requiredOf("/groups")).toEqual(["name"]);
    expect(requiredOf("/hooks/remote")).toEqual(["name", "endpointUrl", "method", "timeoutMs", "protocolType"]);
    expect(requiredOf("/models")).toEqual(["model", "contextLength"]);
    expect(bodyOf("/backends").properties.type.enum).toEqual(["ollama", "vllm"]);
    const { protocolType, timeoutMs } = bodyOf("/hooks/remote").properties;
    expect(protocolType.enum).toContain("langserve-openai");
    expect(timeoutMs).toEqual({ type: "integer", minimum: 1 });
    expect(JSON.stringify(paths)).not.toContain(String(Number.MAX_SAFE_INTEGER));
  });

  test("has routes of nouns only that a host can choose from, and has those that it chose", () => {
    expect(new Set(routes.map(({ noun }) => noun))).toEqual(new Set(ROUTE_NOUNS));
    const chosen = createHttpHandler(createRuntime(), { routes: ["system"] }).openApi();
    expect(Object.keys(chosen.paths ?? {})).toEqual(["/health", "/version", "/state"]);
  });

  test("has no two routes of one method and path, and no two of one name", () => {
    const keys = routes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, "{}")}`);
    expect(new Set(keys).size).toBe(keys.length);
    const names = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(names).size).toBe(routes.length);
  });
});

test("the page shows every route, loads nothing, and runs nothing", async () => {
  await using served = await serveRuntime();
  const response = await fetch(`${served.url}/docs`);
  const page = await response.text();
  expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|src=|https?:\/\//i);
  for (const { path } of routes) expect(page).toContain(`<code>${path}</code>`);
});

describe("answers are what the document says", () => {
  const find = (name: string) => {
    const [method = "", path = ""] = name.split(" ");
    const route = routes.find((one) => one.method === method && one.path === path);
    return route ?? expect.fail(`there is no route ${name}`);
  };
  const chain = { id: "kept", tasks: [{ id: "say", handler: "noop" }] };
  const messages = [{ role: "user", content: "hello" }];

  test.each<[route: string, status: number, path: string, body?: unknown, headers?: Record<string, string>]>([
    ["GET /health", 200, "/health"],
    ["GET /version", 200, "/version"],
    ["GET /state", 200, "/state"],
    ["POST /taskchains", 201, "/taskchains", { ...chain, tasks: [{ id: "say", handler: "nop" }] }],
    ["POST /taskchains", 422, "/taskchains", "no JSON"],
    ["POST /taskchains", 422, "/taskchains", {}, { "content-type": "text/plain" }],
    ["POST /taskchains", 415, "/taskchains", {}, { "content-encoding": "br" }],
    ["GET /taskchains/{id}", 404, "/taskchains/none"],
    ["GET /taskchains/{id}", 400, "/taskchains/%ff"],
    ["GET /models", 422, "/models?limit=no"],
    ["POST /models", 201, "/models", { model: "m", contextLength: 1, canChat: true }],
    ["POST /models", 400, "/models", {}],
    ["POST /tasks", 200, "/tasks", { input: "a", inputType: "string", chain }],
    ["POST /tasks", 400, "/tasks", {}],
    [
      "POST /tasks",
      500,
      "/tasks",
      { inputType: "string", chain: { id: "x", tasks: [{ id: "a", handler: "raise_error" }] } },
    ],
    ["POST /runs", 202, "/runs", { chain, inputType: "string" }],
    ["POST /runs", 404, "/runs", { chain: "none" }],
    ["GET /runs/{id}", 404, "/runs/none"],
    ["GET /runs/{id}/events", 404, "/runs/none/events"],
    ["POST /execute", 200, "/execute", { prompt: "hello" }],
    ["POST /embed", 200, "/embed", { text: "hello" }],
    ["GET /v1/models", 200, "/v1/models"],
    ["GET /v1/models/{model}", 404, "/v1/models/none"],
    ["POST /v1/chat/completions", 200, "/v1/chat/completions", { model: "stand-in", messages }],
    ["POST /v1/chat/completions", 200, "/v1/chat/completions", { model: "stand-in", messages, stream: true }],
    ["POST /v1/chat/completions", 404, "/v1/chat/completions", { model: "none", messages }],
    ["POST /v1/chat/completions", 400, "/v1/chat/completions", { messages: [] }],
    ["POST /v1/embeddings", 200, "/v1/embeddings", { model: "stand-in-embed", input: "a" }],
    ["POST /openai/{chain}/v1/chat/completions", 404, "/openai/none/v1/chat/completions", { messages }],
    ["POST /openai/{chain}/v1/chat/completions", 422, "/openai/none/v1/chat/completions", { messages: 1 }],
    ["GET /backends", 403, "/backends", undefined, { origin: "https://evil.example" }],
  ])("%s %i", async (name, status, path, body, headers = {}) => {
    await using served = await serveRuntime({ runtime: { backends: [standIn()] } });
    const { method } = find(name);
    const response = await fetch(served.url + path, {
      method,
      headers: { ...(body !== undefined && { "content-type": "application/json" }), ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const seen = {
      status: response.status,
      contentType: response.headers.get("content-type"),
      text: await response.text(),
    };
    expect(seen.status, seen.text).toBe(status);
    expect(documentCheck(createHttpHandler(createRuntime()).openApi())(find(name), seen), seen.text).toBeUndefined();
  });
});

test("a model that nobody declared to stream is told as the original does, streams, and the document says so", async () => {
  await using served = await serveRuntime({ runtime: { backends: [standIn()] } });
  const post = (path: string, body: object) =>
    fetch(served.url + path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  const declared = await post("/models", { model: "stand-in", contextLength: 2_048, canChat: true });
  expect(await declared.json()).toMatchObject({ canStream: false });
  const messages = [{ role: "user", content: "hello" }];
  const streamed = await (await post("/v1/chat/completions", { model: "stand-in", messages, stream: true })).text();
  expect(streamed.match(/"content"/g)?.length).toBeGreaterThan(1);
  // Safe: as above.
  const { paths } = createHttpHandler(createRuntime()).openApi() as unknown as Document;
  for (const path of ["/models", "/backends", "/state"])
    expect(JSON.stringify(paths[path]?.get)).toContain("the model streams all the same");
});
