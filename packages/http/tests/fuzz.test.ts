import { type Clock, createRuntime } from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType, vllmType } from "@catenary/openai";
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
import { SAMPLES } from "./fixtures/samples.ts";

const ROUNDS = process.env.CATENARY_LONG === undefined ? 400 : 20_000;
const PATIENCE_MS = 10_000;
/** Stands for an id that an answer had in it. */
const SEEN = "$seen";

interface Sent {
  readonly params: readonly string[];
  readonly seen: number;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly contentType: string | undefined;
}

function requestsOf(route: Route): fc.Arbitrary<Sent> {
  const json =
    route.body === undefined
      ? fc.constant(undefined)
      : arbitraryOf(z.toJSONSchema(route.body, { io: "input", unrepresentable: "any" }), SAMPLES);
  const names = route.query === undefined ? ["limit"] : Object.keys(route.query.shape);
  const values = fc.oneof(
    fc.constantFrom("1", "100", "true", SEEN),
    fc.constantFrom("", "0", "-1", "2000", "2030-01-01T00:00:00Z"),
    fc.string({ maxLength: 8 }),
  );
  // A segment of dots alone is another path.
  const text = fc.string({ minLength: 1, maxLength: 8 }).filter((segment) => !/^\.+$/.test(segment));
  return fc.record({
    params: fc.array(fc.oneof(fc.constant(SEEN), fc.constantFrom(...SAMPLES.texts), text), {
      minLength: 4,
      maxLength: 4,
    }),
    seen: fc.nat(),
    query: fc.dictionary(fc.constantFrom(...names), values, { maxKeys: 2 }),
    body: fc.oneof(
      { weight: 19, arbitrary: json.map((value) => JSON.stringify(value)) },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
    ),
    contentType: fc.oneof(
      { weight: 19, arbitrary: fc.constant("application/json") },
      { weight: 1, arbitrary: fc.constantFrom("application/yaml", "text/plain", "", undefined) },
    ),
  });
}

function urlOf(route: Route, { params, query, seen }: Sent, ids: readonly string[]): string {
  let next = 0;
  const filled = (value: string) => (value === SEEN ? (ids[seen % Math.max(1, ids.length)] ?? "a") : value);
  const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(filled(params[next++] ?? "x")));
  return `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, filled(value)]))}`;
}

test(`${ROUNDS} requests made from the tables end, each with a status and a body that its route has, and none with a fault of ours`, async () => {
  const faults: unknown[] = [];
  const ids: string[] = [];
  await using runtime = createRuntime({
    backends: [standIn()],
    backendTypes: [ollamaType, vllmType, openaiType, geminiType],
    stepBudget: 20,
    clock: hasteful,
    fetch: async () => {
      throw new TypeError("this machine is on its own");
    },
  });
  const surface = createSurface(runtime, {
    logger: {
      log: (_level, message, fields) => {
        if (message === "request_failed" && JSON.stringify(fields.error).includes("unexpected_error"))
          faults.push(fields);
      },
    },
  });
  const routes = allRoutes(surface);
  await using served = await serveHttp(buildHandler(surface, routes), { port: 0, graceMs: 100 });
  const asks = fc.constantFrom(...routes).chain((route) => fc.tuple(fc.constant(route), requestsOf(route)));

  await fc.assert(
    fc.asyncProperty(asks, async ([route, sent]) => {
      const { body, contentType } = sent;
      const url = urlOf(route, sent, ids);
      const response = await fetch(served.url + url, {
        method: route.method,
        signal: AbortSignal.timeout(PATIENCE_MS),
        headers: contentType === undefined ? {} : { "content-type": contentType },
        ...(route.method !== "GET" && body !== undefined && { body: new TextEncoder().encode(body) }),
      });
      const what = `${route.method} ${url} ${body}: ${response.status}`;
      expect(response.headers.get("x-request-id"), what).not.toBeNull();
      if (response.headers.get("content-type")?.startsWith("text/event-stream") === true) {
        await response.body?.cancel();
        return;
      }
      const text = await response.text();
      expect(faults, `${what} ${text}`).toEqual([]);
      expect(problemOf(route, response.status, text), `${what} ${text}`).toBeUndefined();
      for (const [, id = ""] of text.matchAll(/"(?:id|runId)":"([^"\\]+)"/g)) ids.push(id);
    }),
    { numRuns: ROUNDS },
  );
}, 600_000);

const error = z.object({ error: z.object({ message: z.string().min(1), type: z.string(), code: z.string() }) });

/** What of an answer its route does not have. */
function problemOf(route: Route, status: number, text: string): unknown {
  if (status >= 400) return error.safeParse(JSON.parse(text)).error;
  const documented = route.replies[status];
  if (documented === undefined) return "the status is not among the route's replies";
  return documented.schema?.safeParse(JSON.parse(text)).error;
}

/** Waits nowhere for longer than a moment, so that retries and limits of time cost none. */
const hasteful: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs > 1_000 ? 1_000 : Math.min(delayMs, 5));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
