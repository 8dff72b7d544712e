import { createRuntime } from "@catenary/core";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import { createHttpHandler } from "../src/create-http-handler.ts";
import { createSurface } from "../src/surface.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

const routes = allRoutes(createSurface(createRuntime(), {}));

interface Document {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: object; readonly operationId: string }>>>
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
    expect(Object.keys(operation?.responses ?? {})).toEqual([...Object.keys(route.replies), "default"]);
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
