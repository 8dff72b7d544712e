import { inspect } from "node:util";
import { type Backend, CatenaryError, createRuntime, defineChain } from "@catenary/core";
import { gemini } from "@catenary/gemini";
import { ollama } from "@catenary/ollama";
import {
  createFakeGemini,
  createFakeOllama,
  createFakeOpenAI,
  createVirtualClock,
  type Fault,
} from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { openaiCompatible } from "./openai-compatible.ts";

/** One for each backend, of different kinds, so that it is seen which one went where. */
const KEYS = { a: "canary-aaaa-1111111111", b: "canary-bbbb-2222222222", c: "canary-cccc-3333333333" } as const;
type Id = keyof typeof KEYS;

interface Sent {
  readonly to: string;
  readonly all: string;
}

/** Three servers behind three origins, each with a key of its own, all of which fail in the same way and repeat the key that they were sent. */
function setUp(faultOf: (echo: string) => Fault) {
  const sent: Sent[] = [];
  const clock = createVirtualClock();
  const lists = createFakeOllama({ clock });
  const fakes = { a: createFakeOpenAI({ clock }), b: createFakeOllama({ clock }), c: createFakeGemini({ clock }) };
  const fetchOf = (id: Id) => async (input: Request | string | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const headers = JSON.stringify([...request.headers]);
    sent.push({ to: id, all: `${request.url} ${headers} ${await request.clone().text()}` });
    // Its list has to be there, or nobody would ask it anything else.
    return id === "b" && /\/api\/(?:tags|show|ps)$/.test(request.url) ? lists(request) : fakes[id](request);
  };
  const place = (id: Id) => `https://${id}.example.test`;
  const key = (id: Id) => ({ id, apiKey: KEYS[id], fetch: fetchOf(id) });
  const backends: Backend[] = [
    openaiCompatible({ ...key("a"), baseUrl: `${place("a")}/v1`, models: { m: {} } }),
    ollama({ id: "b", baseUrl: place("b"), headers: { authorization: `Bearer ${KEYS.b}` }, fetch: fetchOf("b") }),
    gemini({ ...key("c"), baseUrl: `${place("c")}/v1beta`, models: { m: {} } }),
  ];
  for (const id of ["a", "b", "c"] as const) fakes[id].faults.always(faultOf(`you sent Bearer ${KEYS[id]}`));
  const seen: unknown[] = [];
  const logger = { log: (...line: readonly unknown[]) => void seen.push(line) };
  const runtime = createRuntime({ backends, clock, logger, logText: true, random: () => 0 });
  runtime.on("*", (event) => void seen.push(event));
  runtime.on("step_delta", (event) => void seen.push(event));
  return { runtime, clock, sent, seen };
}

const FAULTS: readonly (readonly [string, (echo: string) => Fault])[] = [
  ...[400, 401, 403, 404, 408, 413, 422, 429, 500, 503].map(
    (status) => [`a ${status}`, (message: string): Fault => ({ kind: "status", status, message })] as const,
  ),
  ["a page", (echo) => ({ kind: "status", status: 502, body: `<html>${echo}</html>` })],
  [
    "a hint",
    (echo) => ({ kind: "status", status: 429, message: echo, retryAfterSeconds: 5, headers: { "x-echo": echo } }),
  ],
  ["a broken connection", () => ({ kind: "reset" })],
  ["an answer that is cut off", () => ({ kind: "cut", afterBytes: 9 })],
  ["an answer that stops", () => ({ kind: "stall", afterChunks: 0 })],
  ["silence", () => ({ kind: "hang" })],
  ["an answer that is none", (echo) => ({ kind: "status", status: 200, body: JSON.stringify({ echo }) })],
];

const chain = defineChain({
  id: "c",
  input: "string",
  debug: true,
  tasks: { ask: { handler: "raw_string", executeConfig: { routing: { deadline: "5m" } } } },
});
const call = { prompt: [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }] };

async function readAll(stream: ReadableStream<unknown>): Promise<unknown[]> {
  const parts: unknown[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}

/** What an error shows of itself and of what caused it. */
function formsOf(error: unknown): string[] {
  if (!CatenaryError.isInstance(error)) return [inspect(error, { depth: 12 })];
  return [JSON.stringify(error), error.message, String(error.stack), inspect(error, { depth: 12, showHidden: true })];
}

describe("a key of a backend", () => {
  test.each(FAULTS)(
    "goes to its own server only, and into nothing that anybody sees, after %s",
    async (_name, fault) => {
      const { runtime, clock, sent, seen } = setUp(fault);
      const model = runtime.model({ deadline: "5m" });
      const run = runtime.start(chain, "Hi");
      const calls = [
        run.result(),
        runtime.prompt("Hi", { routing: { deadline: "5m" } }),
        Promise.resolve(model.doGenerate(call)),
        Promise.resolve(model.doStream(call)).then(({ stream }) => readAll(stream)),
      ];
      const ends = Promise.allSettled(calls);
      await clock.runAll();
      for (const end of await ends) {
        if (end.status === "rejected") seen.push(...formsOf(end.reason));
        else seen.push(inspect(end.value, { depth: 12 }), JSON.stringify(end.value));
      }
      seen.push(await runtime.runs.get(run.id));
      const synced = runtime.sync();
      await clock.runAll();
      seen.push(...(await synced).flatMap(({ error }) => (error === undefined ? [] : formsOf(error))));
      await runtime.close();
      expect(new Set(sent.map(({ to }) => to)).size).toBeGreaterThan(1);
      for (const { to, all } of sent) {
        for (const [id, key] of Object.entries(KEYS)) if (id !== to) expect(all).not.toContain(key);
      }
      for (const one of seen) {
        const text = typeof one === "string" ? one : `${JSON.stringify(one)} ${inspect(one, { depth: 12 })}`;
        for (const key of Object.values(KEYS)) expect(text).not.toContain(key);
      }
    },
  );
});
