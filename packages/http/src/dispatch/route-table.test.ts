import { describe, expect, test } from "vitest";
import type { Route } from "../route.ts";
import { RouteTable } from "./route-table.ts";

function route(method: Route["method"], path: string): Route {
  const handle = () => ({ status: 200, text: path });
  return { method, path, noun: "n", summary: "s", operation: "get", replies: {}, handle };
}

const table = new RouteTable([
  route("GET", "/queue"),
  route("GET", "/queue/inProgress"),
  route("DELETE", "/queue/{model}"),
  route("DELETE", "/queue/cancel"),
  route("GET", "/openai/v1/models"),
  route("GET", "/openai/{chain}/v1/models"),
  route("GET", "/{any}/fixed/end"),
]);

describe("the route of a path", () => {
  test.each([
    ["GET", "/queue", "/queue", {}],
    ["DELETE", "/queue/inProgress", "/queue/{model}", { model: "inProgress" }],
    ["DELETE", "/queue/cancel", "/queue/cancel", {}],
    ["GET", "/openai/v1/models", "/openai/v1/models", {}],
    ["GET", "/openai/v1/v1/models", "/openai/{chain}/v1/models", { chain: "v1" }],
    ["GET", "/queue/fixed/end", "/{any}/fixed/end", { any: "queue" }],
  ])("%s %s is %s", (method, path, expected, params) => {
    const match = table.find(method, path);
    expect(match?.route.path).toBe(expected);
    expect(match?.params).toEqual(params);
  });

  test.each([
    ["POST", "/queue"],
    ["GET", "/queue/"],
    ["GET", "/queue/x"],
    ["DELETE", "/queue/"],
    ["GET", "/"],
    ["PATCH", "/queue"],
  ])("%s %s has none", (method, path) => {
    expect(table.find(method, path)).toBeUndefined();
  });
});

test("the methods of a path are those of all its routes", () => {
  expect(table.methodsOf("/queue/inProgress")).toEqual(["GET", "DELETE"]);
  expect(table.methodsOf("/nowhere")).toEqual([]);
});
