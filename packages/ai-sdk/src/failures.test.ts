import { inspect } from "node:util";
import { createOpenAI as createOpenAIV4 } from "@ai-sdk/openai";
import { CatenaryError, createRuntime, defineChain, type LanguageModelCallOptions } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { createOpenAI as createOpenAIV2 } from "ai-sdk-openai-v2";
import { createOpenAI as createOpenAIV3 } from "ai-sdk-openai-v3";
import { describe, expect, test } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { everythingIn } from "../../testing/tests/everything-in.ts";
import { partsOf, textPrompt } from "../tests/calls.ts";
import { brokenOpenAI, unfinishedOpenAI } from "../tests/odd-servers.ts";
import { fromAISDK } from "./from-ai-sdk.ts";

type Send = typeof globalThis.fetch;

/** A key that nothing marks as one. */
const KEY = "canary0123456789canary";
const DIARY = "my secret diary";

describe.each([
  ["v4", createOpenAIV4],
  ["v3", createOpenAIV3],
  ["v2", createOpenAIV2],
] as const)("an error of a provider of specification %s", (_version, create) => {
  const backendOf = (
    fetch: Send,
    more: { readonly baseURL?: string; readonly headers?: Record<string, string> } = {},
  ) =>
    fromAISDK(create({ apiKey: KEY, baseURL: "http://x.test/v1", fetch, ...more }).chat, {
      id: "any",
      models: ["m"],
      secrets: [KEY, undefined, ""],
    });
  const ask: LanguageModelCallOptions = { prompt: [{ role: "user", content: [{ type: "text", text: DIARY }] }] };

  test("has the class, the status, the words and the delay of the answer, and is not tried again here", async () => {
    const server = createFakeOpenAI({ models: ["m"] });
    const model = backendOf(server).languageModel("m");
    for (const [status, failure] of [
      [429, "rate_limit"],
      [401, "auth"],
      [400, "bad_request"],
      [408, "timeout"],
      [500, "server_error"],
    ] as const) {
      server.faults.next({ kind: "status", status, message: "the disk is full", retryAfterSeconds: 3 });
      const before = server.requests.length;
      expect(await rejection(model.doGenerate({ prompt: textPrompt }))).toMatchObject({
        code: "model_failed",
        failure,
        status,
        retryAfterMs: 3_000,
        message: `m on any answered ${status}: the disk is full${status === 401 ? ". Is the key of the backend right?" : ""}`,
        details: { backend: "any", model: "m", status },
      });
      expect(server.requests).toHaveLength(before + 1);
    }
  });

  test("is one of the answer where something came that cannot be read", async () => {
    const model = backendOf(async () => Response.json({ echo: DIARY })).languageModel("m");
    const error = await rejection(model.doGenerate(ask));
    expect(error).toMatchObject({ failure: "reply", status: undefined });
    expect(error).not.toHaveProperty("cause");
  });

  test("does not repeat all that a server says", async () => {
    const server = createFakeOpenAI({ models: ["m"] });
    server.faults.next({ kind: "status", status: 400, message: "x".repeat(10_000) });
    const error = await rejection(backendOf(server).languageModel("m").doGenerate(ask));
    expect(String(error).length).toBeLessThan(600);
  });

  test("that is one of ours stays what it is, from under whatever was wrapped around it", async () => {
    const own = new CatenaryError("mine", "the gate is shut", { failure: "unavailable" });
    const body = () => new ReadableStream({ pull: (controller) => controller.error(own) });
    const model = backendOf(async () => new Response(body())).languageModel("m");
    expect(await rejection(model.doGenerate(ask))).toBe(own);
  });

  test("leaves an error behind that holds a secret, or that is none of the system's", async () => {
    for (const cause of [
      Object.assign(new Error(`no route to ${KEY}`), { code: "ECONNREFUSED" }),
      Object.assign(new Error("no"), { code: "insufficient_quota", request: { headers: { "x-api-key": KEY } } }),
    ]) {
      const model = backendOf(() => Promise.reject(new TypeError("fetch failed", { cause }))).languageModel("m");
      const error = await rejection(model.doGenerate(ask));
      expect(error).toMatchObject({ failure: "network" });
      expect(error).not.toHaveProperty("cause");
      expect(everythingIn(error)).not.toContain(KEY);
    }
  });

  test("is one of the network where nobody answers, and says where, without the password", async () => {
    const refused = Object.assign(new Error(`connect ECONNREFUSED`), { code: "ECONNREFUSED" });
    const fetch = () => Promise.reject(new TypeError("fetch failed", { cause: refused }));
    const model = backendOf(fetch, { baseURL: `http://ann:${KEY}@x.test/v1` }).languageModel("m");
    const error = await rejection(model.doGenerate({ prompt: textPrompt }));
    expect(error).toMatchObject({
      failure: "network",
      message: "nothing answers on x.test, where the backend any should be",
      cause: refused,
    });
  });

  test("in the middle of a stream is a part of it, and tells whether it was about the rate", async () => {
    for (const [told, failure, words] of [
      [{ message: "the disk is full", type: "server_error" }, "server_error", "the disk is full"],
      [{ message: "later", type: "rate_limit_error" }, "rate_limit", "later"],
    ] as const) {
      const model = backendOf(brokenOpenAI(told)).languageModel("m");
      const failed = (await partsOf(model)).find((part) => part.type === "error");
      expect(failed?.error).toMatchObject({ failure, message: expect.stringContaining(words) });
      expect(CatenaryError.isInstance(failed?.error)).toBe(true);
    }
  });

  test("is one of the network where a stream ends before its model says why it stopped, so that half an answer is none", async () => {
    await using runtime = createRuntime({ backends: [backendOf(unfinishedOpenAI)] });
    const chain = defineChain({
      id: "ask",
      tasks: { ask: { handler: "raw_string", promptTemplate: "{{.input}}", executeConfig: { model: "m" } } },
    });
    const handle = runtime.start(chain, "hello");
    const pieces: string[] = [];
    const read = async () => {
      for await (const piece of handle.textStream) pieces.push(piece);
    };
    const error = await rejection(read());
    expect(pieces.join("")).toBe("half an");
    expect(error).toMatchObject({ cause: { failure: "network", reason: "truncated" } });
    expect((await handle.result()).status).toBe("failed");
  });

  test("tells no key, no header, and nothing of what was said", async () => {
    const server = createFakeOpenAI({ models: ["m"] });
    const backend = backendOf(server, { headers: { "x-gate": KEY } });
    for (const fault of [
      { kind: "status", status: 401, message: `Incorrect API key provided: ${KEY}`, headers: { "x-echo": KEY } },
      { kind: "status", status: 500, body: `<html>Bearer ${KEY} ${DIARY}</html>` },
      { kind: "reset" },
      { kind: "cut", afterBytes: 10 },
    ] as const) {
      server.faults.next(fault, fault);
      for (const call of [
        async () => backend.languageModel("m").doGenerate(ask),
        async () => {
          const failed = (await partsOf(backend.languageModel("m"), ask)).find((part) => part.type === "error");
          throw failed?.error ?? new CatenaryError("none", "nothing went wrong");
        },
      ]) {
        const told = everythingIn(await rejection(call()));
        expect(told).not.toMatch(/nothing went wrong/);
        expect(told).not.toContain(KEY);
        expect(told).not.toContain(DIARY);
      }
    }
    const shown = [backend, backend.languageModel("m")].map((value) => inspect(value, { depth: 10, showHidden: true }));
    expect(shown.join()).not.toContain(KEY);
  });

  test("tells no key in the events, the log and the trace of a run", async () => {
    const server = createFakeOpenAI({ models: ["m"] });
    server.faults.always({ kind: "status", status: 500, message: `Bearer ${KEY}, key=${KEY}` });
    const seen: unknown[] = [];
    await using runtime = createRuntime({
      backends: [backendOf(server)],
      logger: { log: (...entry) => void seen.push(entry) },
    });
    const chain = defineChain({
      id: "ask",
      tasks: { ask: { handler: "raw_string", promptTemplate: "{{.input}}", executeConfig: { model: "m" } } },
    });
    const handle = runtime.start(chain, "hello");
    for await (const event of handle.events()) seen.push(event);
    const result = await handle.result();
    expect(result.status).toBe("failed");
    const told = `${inspect([seen, result], { depth: 20 })} ${JSON.stringify([seen, result])}`;
    expect(told).toContain("answered 500");
    expect(told).not.toContain(KEY);
  });
});
