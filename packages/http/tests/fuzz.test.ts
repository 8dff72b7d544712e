import { type Clock, createRuntime } from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType, vllmType } from "@catenary/openai";
import { standIn } from "@catenary/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { stringify } from "yaml";
import { z } from "zod";
import { allRoutes } from "../src/all-routes.ts";
import { buildHandler } from "../src/build-handler.ts";
import { serveHttp } from "../src/node/serve-http.ts";
import type { Route } from "../src/route.ts";
import { createSurface } from "../src/surface.ts";
import { arbitraryOf } from "./fixtures/arbitrary-of.ts";
import { documentCheck } from "./fixtures/document-check.ts";
import { SAMPLES } from "./fixtures/samples.ts";

const ROUNDS_OF_A_ROUTE = process.env.CATENARY_LONG === undefined ? 6 : 250;
const PATIENCE_MS = 10_000;

/**
 * What may be answered with 500, and with which code: a run that failed by itself, and a prompt that no model could answer, as the
 * original has it. Everything else is a fault of ours.
 */
const MAY_FAIL: Readonly<Record<string, readonly string[]>> = {
  "POST /tasks": ["internal_error"],
  "POST /execute": ["internal_error"],
};

/** Half of a character, as JSON has it: many clients cannot take it for a text. */
const HALF = /(?<!\\)(?:\\\\)*\\ud[89a-f]/i;

/** Stands for an id that an answer had in it. */
const SEEN = "$seen";

interface Sent {
  readonly params: readonly string[];
  readonly seen: number;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Body;
}

interface Body {
  readonly text: string | undefined;
  readonly contentType: string | undefined;
}

const sentAs = (contentType: string | undefined, text: string | undefined): Body => ({ contentType, text });
const yamlOf = (value: unknown) => (value === undefined ? undefined : stringify(value));

/** YAML that is long or odd: many items, deep nesting, anchors, tags. */
const bulk: fc.Arbitrary<string> = fc.oneof(
  fc.integer({ min: 1, max: 20_000 }).map((count) => `tasks:\n${"- {}\n".repeat(count)}`),
  fc.integer({ min: 1, max: 300 }).map((depth) => `a: ${"[".repeat(depth)}${"]".repeat(depth)}`),
  fc.integer({ min: 1, max: 30 }).map((count) => `a: &a [x]\nb: [${"*a,".repeat(count)}]`),
  fc.constantFrom("!!binary aGk=", "&a {a: *a}", "? [a]\n: b", "a: !!js/function x", "- - - -", "a: b: c", "\ta: 1"),
);

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
      { weight: 12, arbitrary: json.map((value) => sentAs("application/json", JSON.stringify(value))) },
      { weight: 5, arbitrary: json.map((value) => sentAs("application/yaml", yamlOf(value))) },
      { weight: 1, arbitrary: bulk.map((text) => sentAs("application/yaml", text)) },
      { weight: 1, arbitrary: fc.string({ maxLength: 30 }).map((text) => sentAs("application/json", text)) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("application/yaml", "text/plain", "", undefined).map((type) => sentAs(type, "a")),
      },
    ),
  });
}

function urlOf(route: Route, { params, query, seen }: Sent, ids: readonly string[]): string {
  let next = 0;
  const filled = (value: string) =>
    (value === SEEN ? (ids[seen % Math.max(1, ids.length)] ?? "a") : value).toWellFormed();
  const path = route.path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(filled(params[next++] ?? "x")));
  return `${path}?${new URLSearchParams(Object.entries(query).map(([name, value]) => [name, filled(value)]))}`;
}

test(`requests made from the tables, ${ROUNDS_OF_A_ROUTE} for each route, end with a status, a type and a body that the route has`, async () => {
  const startedAt = performance.now();
  let sentCount = 0;
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
  const handler = buildHandler(surface, routes);
  const problemOf = documentCheck(handler.openApi());
  await using served = await serveHttp(handler, { port: 0, graceMs: 100 });

  const ask = async (route: Route, sent: Sent) => {
    sentCount++;
    const { text: body, contentType } = sent.body;
    const url = urlOf(route, sent, ids);
    const response = await fetch(served.url + url, {
      method: route.method,
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: contentType === undefined ? {} : { "content-type": contentType },
      ...(route.method !== "GET" && body !== undefined && { body: new TextEncoder().encode(body) }),
    });
    const { status } = response;
    const type = response.headers.get("content-type");
    const what = `${route.method} ${url} ${contentType} ${body?.slice(0, 2_000)}: ${status}`;
    expect(response.headers.get("x-request-id"), what).not.toBeNull();
    const isEndless = type?.startsWith("text/event-stream") === true;
    const text = isEndless ? "" : await response.text();
    if (isEndless) await response.body?.cancel();
    expect(faults, `${what} ${text}`).toEqual([]);
    expect(text, what).not.toMatch(HALF);
    if (status === 500) {
      const { code } = JSON.parse(text).error;
      expect(MAY_FAIL[`${route.method} ${route.path}`] ?? [], `${what} ${text}`).toContain(code);
    }
    // A run that fails has its own body; other faults are every route's.
    if (status !== 500 || status in route.replies)
      expect(problemOf(route, { status, contentType: type, text }), `${what} ${text}`).toBeUndefined();
    for (const [, id = ""] of text.matchAll(/"(?:id|runId)":"([^"\\]+)"/g)) ids.push(id);
  };

  // Round by round, so that what one route makes is there for the others.
  await fc.assert(
    fc.asyncProperty(fc.tuple(...routes.map(requestsOf)), async (round) => {
      for (const [at, route] of routes.entries()) {
        const sent = round[at];
        if (sent !== undefined) await ask(route, sent);
      }
    }),
    { numRuns: ROUNDS_OF_A_ROUTE, endOnFailure: true },
  );
  console.log(
    `fuzzed ${routes.length} routes with ${sentCount} requests in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );
}, 600_000);

/** Waits nowhere for longer than a moment, so that retries and limits of time cost none. */
const hasteful: Clock = {
  now: () => Date.now(),
  setTimer(delayMs, callback) {
    const timer = setTimeout(callback, delayMs > 1_000 ? 1_000 : Math.min(delayMs, 5));
    timer.unref();
    return () => clearTimeout(timer);
  },
};
