import { createRuntime, type LogLevel } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import { createSurface } from "../src/surface.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

const routes = allRoutes(createSurface(createRuntime(), {}));
const withPlace = routes.filter(({ path }) => path.includes("{"));

const ODD_IDS = [
  "__proto__",
  "constructor",
  "../../../etc/passwd",
  "..\\..\\windows",
  "a\r\nSet-Cookie: canary=1",
  "a\u0000b",
  "<script>alert(1)</script>",
  "' OR 1=1 --",
  "x".repeat(5_000),
  "\u{1f600}",
];

describe("ids that mean something to somebody else", () => {
  test.each(withPlace.map((route) => [`${route.method} ${route.path}`, route] as const))(
    "lead nowhere in %s, and come back as nothing but text",
    async (_name, { method, path }) => {
      await using served = await serveRuntime();
      for (const id of ODD_IDS) {
        const url = served.url + path.replaceAll(/\{\w+\}/g, encodeURIComponent(id));
        const response = await fetch(url, { method, signal: AbortSignal.timeout(5_000) });
        expect(response.status).toBeLessThan(500);
        expect(response.headers.get("set-cookie")).toBeNull();
        const text = await response.text();
        expect(text).not.toContain("<script>");
        expect(() => JSON.parse(text)).not.toThrow();
      }
    },
  );
});

test("keys are in no log line and no answer, the right ones and the wrong ones", async () => {
  const lines: unknown[] = [];
  const log = (level: LogLevel, message: string, fields: object) => void lines.push({ level, message, fields });
  await using served = await serveRuntime({ http: { keys: ["canary-right"], logger: { log } } });
  const told: string[] = [];
  for (const key of ["canary-right", "canary-wrong"]) {
    for (const route of routes.filter(({ method, path }) => method === "GET" && !path.endsWith("/inProgress"))) {
      const url = `${served.url}${route.path.replaceAll(/\{\w+\}/g, "a")}?key=${key}`;
      const response = await fetch(url, { headers: { authorization: `Bearer ${key}`, "x-api-key": key } });
      told.push(JSON.stringify([...response.headers]), await response.text());
    }
  }
  expect(lines.length).toBeGreaterThan(routes.length / 2);
  expect(JSON.stringify([lines, told])).not.toContain("canary");
});

test("who has no key learns nothing of what there is, not even whether there is a route", async () => {
  await using served = await serveRuntime({ http: { keys: ["canary-right"] } });
  const answers = await Promise.all(
    [...routes.filter(({ access }) => access !== "everyone"), { method: "GET", path: "/nowhere" }].map(
      async ({ method, path }) => {
        const response = await fetch(served.url + path.replaceAll(/\{\w+\}/g, "a"), { method });
        return `${response.status} ${await response.text()}`;
      },
    ),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^401 /);
});
