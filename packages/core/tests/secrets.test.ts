import { inspect } from "node:util";
import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { CatenaryError } from "../src/errors/catenary-error.ts";
import { remoteHook } from "../src/hook/remote-hook.ts";
import type { Backend } from "../src/model/backend.ts";
import type { Fetch } from "../src/surroundings/fetch.ts";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const CANARY = "canary-7f3a9c";
/** As it stands in an address, a form and a header. */
const SPELLINGS = [CANARY, btoa(`user:${CANARY}`), encodeURIComponent(CANARY)];

/** What a provider's error carries about its request. */
function providerError(statusCode: number | undefined, fields: object = {}): Error {
  return Object.assign(new Error("the provider refused"), {
    name: "AI_APICallError",
    ...(statusCode !== undefined && { statusCode }),
    url: `https://api.example.test/v1/chat?key=${CANARY}`,
    requestBodyValues: { prompt: CANARY },
    requestHeaders: { authorization: `Bearer ${CANARY}` },
    responseHeaders: { "set-cookie": CANARY, "retry-after": "1" },
    responseBody: `you sent ${CANARY}`,
    data: { key: CANARY },
    ...fields,
  });
}

function failingBackend(error: Error): Backend {
  const scripted = scriptedBackend();
  const fail = async () => {
    throw error;
  };
  const keyed = { apiKey: CANARY, headers: { authorization: CANARY } };
  return {
    ...scripted,
    ...keyed,
    baseUrl: `https://user:${CANARY}@api.example.test/${CANARY}-0123456789/v1`,
    languageModel: (id) => ({ ...scripted.languageModel(id), doGenerate: fail, doStream: fail }),
  };
}

/** Runs one task and gives everything that a run lets anybody see. */
async function tracesOf(task: Parameters<typeof chainOf>[0], options: Parameters<typeof createRuntime>[0]) {
  const seen: unknown[] = [];
  const logger = { log: (...line: readonly unknown[]) => seen.push(line) };
  const clock = createVirtualClock();
  const runtime = createRuntime({ ...options, logger, clock, random: () => 0 });
  runtime.on("*", (event) => seen.push(event));
  runtime.on("step_delta", (event) => seen.push(event));
  const run = runtime.start(chainOf(task, { debug: true }), "Hi");
  await clock.runAll();
  const result = await run.result();
  expect(result.status).toBe("failed");
  seen.push(
    result.steps,
    await runtime.runs.get(run.id),
    await runtime.runs.list(),
    await runtime.sync().then((states) => states.map(({ error }) => error)),
  );
  const error = "error" in result ? result.error : undefined;
  return { seen, error };
}

/** The error in every form in which it is printed, without the provider's own error at its end. */
function formsOf(error: CatenaryError | undefined): string[] {
  const forms: string[] = [JSON.stringify(error)];
  for (let one: unknown = error; CatenaryError.isInstance(one); one = one.cause) {
    const { cause: _cause, ...own } = Object.getOwnPropertyDescriptors(one);
    forms.push(one.message, String(one.stack), inspect(Object.create(Object.getPrototypeOf(one), own), { depth: 20 }));
  }
  return forms;
}

function expectClean(texts: readonly string[]): void {
  for (const text of texts) for (const spelling of SPELLINGS) expect(text).not.toContain(spelling);
}

describe("the key of a backend", () => {
  test.each<readonly [string, Error]>([
    ["a refusal", providerError(401)],
    ["a failed request", providerError(400)],
    ["a failed server", providerError(500)],
    ["a broken connection", providerError(undefined, { code: "ECONNREFUSED" })],
    ["something else", providerError(undefined)],
    ["a header that cannot be sent", new TypeError(`Headers.append: "Bearer ${CANARY}" is an invalid header value.`)],
    ["an address that is quoted", new TypeError(`fetch of https://user:${CANARY}@x.test/?key=${CANARY} failed`)],
    ["its path, quoted", new TypeError(`fetch of https://api.example.test/${CANARY}-0123456789/v1/chat failed`)],
    ["its path, in a refusal", Object.assign(new Error(`no route /${CANARY}-0123456789/v1`), { statusCode: 404 })],
  ])("stays out of errors, events, steps, records and logs after %s", async (_name, error) => {
    const task = { handler: "raw_string", retry: { max: 1, backoff: "1s" } };
    const traces = await tracesOf(task, { backends: [failingBackend(error)] });
    expect(traces.seen.length).toBeGreaterThan(8);
    expectClean([...traces.seen.map((one) => JSON.stringify(one)), ...formsOf(traces.error)]);
    expectClean(traces.seen.map((one) => inspect(one, { depth: 20 })));
  });

  test("stays out of the errors of direct calls and of the list of models", async () => {
    const error = providerError(403);
    const backend: Backend = {
      ...failingBackend(error),
      listModels: async () => {
        throw error;
      },
    };
    const [direct, listing] = [
      createRuntime({ backends: [failingBackend(error)] }),
      createRuntime({ backends: [backend] }),
    ];
    for (const runtime of [direct, listing]) expectClean(formsOf(await errorOf(runtime.prompt("Hi"))));
    const [state] = await listing.sync();
    expect(state?.error).toBeDefined();
    expectClean(formsOf(state?.error));
  });
});

describe("the headers and the address of a remote hook", () => {
  const hook = remoteHook({
    url: `https://user:${CANARY}@hooks.example.test/act?token=${CANARY}`,
    headers: { authorization: `Bearer ${CANARY}`, "x-key": CANARY },
  });
  const echo = `you sent Bearer ${CANARY} and ${btoa(`user:${CANARY}`)}`;
  const answers: readonly (readonly [string, Fetch])[] = [
    ["a refusal that repeats them", async () => new Response(echo, { status: 401 })],
    ["a failed server that repeats them", async () => new Response(JSON.stringify({ error: echo }), { status: 500 })],
    ["an answer that is no JSON", async () => new Response(`<html>${echo}</html>`)],
    [
      "a redirect to an address with them",
      async () =>
        new Response(null, { status: 302, headers: { location: `https://other.example.test/?token=${CANARY}` } }),
    ],
    [
      "a broken connection",
      () =>
        Promise.reject(
          new TypeError(`fetch of https://user:${CANARY}@hooks.example.test failed`, {
            cause: Object.assign(new Error(echo), { code: "ECONNREFUSED" }),
          }),
        ),
    ],
    ["an invalid request", () => Promise.reject(new TypeError(`invalid header value: ${CANARY}`))],
  ];

  test.each(answers)("stay out of errors, events, steps, records and logs after %s", async (_name, fetch) => {
    const task = { handler: "hook", hook: { name: "act" }, retry: { max: 1, backoff: "1s" } };
    const traces = await tracesOf(task, { hooks: { act: hook }, fetch });
    expectClean([...traces.seen.map((one) => JSON.stringify(one)), ...formsOf(traces.error)]);
    expectClean(traces.seen.map((one) => inspect(one, { depth: 20 })));
  });
});
