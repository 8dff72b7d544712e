import {
  CatenaryError,
  createMemoryRecordStore,
  createRuntime,
  defineChain,
  type Json,
  type RuntimeOptions,
  remoteHook,
} from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType, vllmType } from "@catenary/openai";
import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import type { HttpOptions } from "../src/http-options.ts";
import { generalReplies } from "../src/openapi/general-replies.ts";
import type { Route } from "../src/route.ts";
import { createSurface } from "../src/surface.ts";
import { BARE_ANSWERS, NAMED_ANSWERS, OWN_ANSWERS, type OwnAnswer } from "./fixtures/own-answers.ts";
import { rawExchange, rawRequest } from "./fixtures/raw-exchange.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";
import { talkTo } from "./fixtures/talk-to.ts";

const routes = allRoutes(createSurface(createRuntime(), {}));

/** Every status of every route that some server was seen to answer, by the servers' own logs. */
const seen = new Set<string>();
const logger: NonNullable<HttpOptions["logger"]> = {
  log(_level, event, { method, route, status }) {
    if (event === "request" && route !== undefined) seen.add(`${method} ${route} ${status}`);
  },
};

const withBody = routes.filter(({ body }) => body !== undefined);
const pathOf = (route: Route, segment = "x") => route.path.replaceAll(/\{\w+\}/g, segment);

function upstream() {
  return scriptedBackend({
    models: [
      { id: "s", capabilities: { chat: true } },
      { id: "e", capabilities: { embed: true } },
    ],
    replies: ({ kind, text }) => {
      const status = /fail (\d+)/.exec(text)?.[1];
      if (status !== undefined) return { error: { status: Number(status) } };
      return kind === "embed" ? { embedding: [1] } : "hello";
    },
  });
}

const own = () => ({
  backends: [upstream()],
  backendTypes: [ollamaType, openaiType, geminiType, vllmType],
  models: [{ name: "own" }],
  groups: [{ id: "own", backends: ["scripted"], models: ["own"] }],
  hooks: { own: remoteHook({ url: "http://127.0.0.1:9" }) },
  chains: [defineChain({ id: "own", tasks: { say: { handler: "noop" } } })],
  defaults: { model: "s", embedding: { model: "e" } },
  fetch: async () => {
    throw new TypeError("this machine is on its own");
  },
});

const types = [ollamaType, openaiType, geminiType, vllmType];
const named = ["openai", "gemini"].map((id) => scriptedBackend({ id }));

test.each<[string, RuntimeOptions, readonly OwnAnswer[]]>([
  ["that has everything", own(), OWN_ANSWERS],
  ["without anything", {}, BARE_ANSWERS],
  ["whose backends have the names of providers", { backends: named, backendTypes: types }, NAMED_ANSWERS],
])("what routes answer by themselves: a runtime %s", async (_what, runtime, answers) => {
  await using served = await serveRuntime({ runtime, http: { logger } });
  const talk = talkTo(served.url);
  const saved = new Map<string, string>();
  const wrong: string[] = [];
  const filled = (text: string, encode = (id: string) => id) =>
    text.replaceAll(/\$(\w+)/g, (_, name) => encode(saved.get(name) ?? "none"));
  for (const [status, request, body, { save, headers } = {}] of answers) {
    const given = body === undefined ? undefined : filled(JSON.stringify(body));
    const answered = await talk(filled(request, encodeURIComponent), given, headers);
    if (answered.status !== status)
      wrong.push(`${status} ${request}: ${answered.status} ${JSON.stringify(answered.body).slice(0, 200)}`);
    else if (save !== undefined) saved.set(save, idIn(answered.body));
  }
  expect(wrong).toEqual([]);
  const following = await fetch(`${served.url}/queue/inProgress`);
  await following.body?.cancel();
});

/** Of what was made; runs call it otherwise. */
function idIn(body: Json): string {
  const given = JSON.stringify(body);
  return /"(?:id|runId)":"([^"]+)"/.exec(given)?.[1] ?? expect.fail(`there is no id in ${given}`);
}

test("what each answers without a key, to a page of another origin, and while its store cannot be read", async () => {
  const refuse = () => {
    throw new CatenaryError("database_busy", "the database is locked", { failure: "unavailable" });
  };
  const records = { ...createMemoryRecordStore(), list: refuse };
  await using keyed = await serveRuntime({ http: { keys: ["k"], logger } });
  await using broken = await serveRuntime({ runtime: { records }, http: { logger } });
  for (const route of routes) {
    const request = `${route.method} ${pathOf(route)}`;
    const body = route.body === undefined ? undefined : {};
    const foreign = { origin: "https://elsewhere.example" };
    const isOpen = route.access === "everyone";
    expect((await talkTo(broken.url)(request, body, foreign)).status, request).toBe(403);
    expect((await talkTo(keyed.url)(request, body)).status, request).toBe(isOpen ? 200 : 401);
    expect((await talkTo(broken.url)(request, body)).status, request).toBe(isOpen ? 200 : 503);
  }
});

test("what each answers to a body that is slow, long, encoded or none, and to paths and queries that cannot be read", async () => {
  const limits = { bodyBytes: 50, bodyTimeoutMs: 20 };
  await using served = await serveRuntime({ http: { limits, logger } });
  const raw = (route: Route, length: number, more = "Accept: */*") =>
    rawExchange(
      served.url,
      rawRequest(`${route.method} ${pathOf(route)}`, [
        "Host: localhost",
        "Content-Type: application/json",
        `Content-Length: ${length}`,
        more,
      ]),
    );
  await Promise.all(
    withBody.map(async (route) => {
      expect(await raw(route, 9), route.path).toContain(" 408 ");
      expect(await raw(route, 99), route.path).toContain(" 413 ");
      expect(await raw(route, 9, "Content-Encoding: br"), route.path).toContain(" 415 ");
      await talkTo(served.url)(`${route.method} ${pathOf(route)}`, "{");
    }),
  );
  const talk = talkTo(served.url);
  for (const route of routes) {
    const body = route.body === undefined ? undefined : {};
    if (route.path.includes("{")) {
      // The log names no route of a path that cannot be read.
      const { status } = await talk(`${route.method} ${pathOf(route, "%ff")}`, body);
      seen.add(`${route.method} ${route.path} ${status}`);
    }
    for (const name of Object.keys(route.query?.shape ?? {}))
      for (const value of ["no", "1001"]) await talk(`${route.method} ${pathOf(route)}?${name}=${value}`, body);
  }
});

describe("every answer of the document", () => {
  const documented = routes.flatMap((route) =>
    Object.keys({ ...route.replies, ...generalReplies(route) }).map(
      (status) => `${route.method} ${route.path} ${status}`,
    ),
  );

  test("was seen", async () => {
    // A stream is logged when it is over.
    await expect.poll(() => documented.filter((answer) => !seen.has(answer))).toEqual([]);
  });

  test("is in it", () => {
    expect([...seen].filter((answer) => !documented.includes(answer))).toEqual([]);
  });
});
