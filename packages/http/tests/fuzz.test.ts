import { type Clock, createRuntime } from "@catenary/core";
import { standIn } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { z } from "zod";
import { allRoutes } from "../src/all-routes.ts";
import { buildHandler } from "../src/build-handler.ts";
import { serveHttp } from "../src/node/serve-http.ts";
import type { Route } from "../src/route.ts";
import { createSurface } from "../src/surface.ts";
import { arbitraryOf } from "./fixtures/arbitrary-of.ts";

const ROUNDS = process.env.CATENARY_LONG === undefined ? 400 : 20_000;
/** Names that lead somewhere, so that what was made is found again. */
const KNOWN = [
  "a",
  "b",
  "internal_chat_group",
  "string",
  "json",
  "noop",
  "ollama",
  "openai",
  "http://127.0.0.1:9",
  "end",
];
const PATIENCE_MS = 10_000;

interface Sent {
  readonly params: readonly string[];
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly contentType: string | undefined;
}

function requestsOf(route: Route): fc.Arbitrary<Sent> {
  const json =
    route.body === undefined
      ? fc.constant(undefined)
      : arbitraryOf(z.toJSONSchema(route.body, { io: "input", unrepresentable: "any" }), KNOWN);
  const names = route.query === undefined ? ["limit"] : Object.keys(route.query.shape);
  return fc.record({
    params: fc.array(
      fc.oneof(
        fc.constantFrom(...KNOWN),
        fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !/^\.+$/.test(text)),
      ),
      {
        minLength: 4,
        maxLength: 4,
      },
    ),
    query: fc.dictionary(
      fc.constantFrom(...names),
      fc.oneof(fc.constantFrom("", "0", "-1", "5", "2000", "true"), fc.string({ maxLength: 8 })),
    ),
    body: fc.oneof(
      { weight: 9, arbitrary: json.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    ),
    contentType: fc.oneof(
      { weight: 8, arbitrary: fc.constant("application/json") },
      { weight: 2, arbitrary: fc.constantFrom("application/yaml", "text/plain", "", undefined) },
    ),
  });
}

function urlOf(route: Route, { params, query }: Sent): string {
  let next = 0;
  const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(params[next++] ?? "x"));
  return `${path}?${new URLSearchParams(query)}`;
}

test(`${ROUNDS} requests made from the tables end, each with a status and a body that its route has, and none with a fault of ours`, async () => {
  const failures: unknown[] = [];
  const logger = {
    log: (_level: string, message: string, fields: Readonly<Record<string, unknown>>) => {
      if (message === "request_failed" && JSON.stringify(fields.error).includes("unexpected_error"))
        failures.push(fields);
    },
  };
  await using runtime = createRuntime({
    backends: [standIn()],
    stepBudget: 20,
    clock: hasteful,
    fetch: async () => {
      throw new TypeError("this machine is on its own");
    },
  });
  const surface = createSurface(runtime, { logger });
  const routes = allRoutes(surface);
  await using served = await serveHttp(buildHandler(surface, routes), { port: 0, graceMs: 100 });
  const asks = fc.constantFrom(...routes).chain((route) => fc.tuple(fc.constant(route), requestsOf(route)));

  await fc.assert(
    fc.asyncProperty(asks, async ([route, sent]) => {
      const { body, contentType } = sent;
      const mayHaveBody = route.method !== "GET" && body !== undefined;
      const gaveUp = AbortSignal.timeout(PATIENCE_MS);
      const response = await fetch(served.url + urlOf(route, sent), {
        method: route.method,
        signal: gaveUp,
        headers: contentType === undefined ? {} : { "content-type": contentType },
        ...(mayHaveBody && { body: new TextEncoder().encode(body) }),
      });
      const what = `${route.method} ${urlOf(route, sent)} ${body}: ${response.status}`;
      expect(response.headers.get("x-request-id"), what).not.toBeNull();
      if (response.headers.get("content-type")?.startsWith("text/event-stream") === true) {
        await response.body?.cancel();
        return;
      }
      const text = await response.text();
      expect(failures, `${what} ${text}`).toEqual([]);
      if (response.status >= 400) {
        const error = z.object({ error: z.object({ message: z.string().min(1), type: z.string(), code: z.string() }) });
        expect(error.safeParse(JSON.parse(text)).error, `${what} ${text}`).toBeUndefined();
        return;
      }
      const documented = route.replies[response.status];
      expect(documented, what).toBeDefined();
      if (documented?.schema === undefined) return;
      expect(documented.schema.safeParse(JSON.parse(text)).error, `${what} ${text}`).toBeUndefined();
    }),
    { numRuns: ROUNDS },
  );
}, 600_000);

/** Waits nowhere for longer than a moment, so that retries and limits of time cost none. */
const hasteful: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(delayMs, delayMs > 1_000 ? 1_000 : 5));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
