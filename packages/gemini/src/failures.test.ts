import { inspect } from "node:util";
import { createFakeGemini, type FakeGemini, type GeminiFailure } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, test } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "../../testing/tests/ask.ts";
import { chat, KEY } from "../tests/calls.ts";
import { gemini } from "./gemini.ts";

describe("failures", () => {
  const failing = (fake: FakeGemini, error: GeminiFailure) => {
    fake.reply({ error });
    return rejection(chat(gemini({ apiKey: KEY, fetch: fake })));
  };

  test("say what the server says, and what to do about a key, which Google calls a bad argument", async () => {
    const backend = gemini({ apiKey: KEY, fetch: createFakeGemini({ apiKey: "another" }) });
    await expect(backend.listModels()).rejects.toMatchObject({ failure: "auth", status: 400 });
    await expect(backend.listModels()).rejects.toThrow(
      /^generativelanguage\.googleapis\.com\/v1beta answered with status 400: API key not valid\. .*\. Check the apiKey of the backend "gemini"$/,
    );
  });

  test.each<[GeminiFailure, object]>([
    [
      { status: 429, message: "m", retryDelaySeconds: 38 },
      { failure: "rate_limit", retryAfterMs: 38_000 },
    ],
    [
      { status: 429, message: "m", quotaId: "RequestsPerDay-FreeTier" },
      { failure: "rate_limit", reason: "quota" },
    ],
    [
      { status: 429, message: "m" },
      { failure: "rate_limit", reason: undefined, retryAfterMs: undefined },
    ],
    [
      { status: 429, message: "Quota exceeded, limit: 0, model: m" },
      { failure: "rate_limit", reason: "quota" },
    ],
    [
      { status: 403, message: "m" },
      { failure: "auth", status: 403 },
    ],
    [
      { status: 400, message: "m", name: "FAILED_PRECONDITION" },
      { failure: "bad_request", reason: undefined },
    ],
    [
      { status: 503, message: "The model is overloaded." },
      { failure: "server_error", reason: "overloaded" },
    ],
    [
      { status: 504, message: "m" },
      { failure: "server_error", status: 504 },
    ],
  ])("of %j are of their class", async (failure, expected) => {
    expect(await failing(createFakeGemini(), failure)).toMatchObject(expected);
  });

  test("of a conversation that is too long say so", async () => {
    const fake = createFakeGemini({ models: [{ id: "gemini-2.5-flash", inputTokenLimit: 2 }] });
    const error = rejection(chat(gemini({ apiKey: KEY, fetch: fake }), ask("one two three")));
    expect(await error).toMatchObject({ failure: "bad_request", status: 400, reason: "context_length" });
  });

  test("ask to wait as the header says, where there is one beside the body", async () => {
    const fake = createFakeGemini();
    fake.faults.next({ kind: "status", status: 429, headers: { "retry-after-ms": "1250" } });
    expect(await rejection(chat(gemini({ apiKey: KEY, fetch: fake })))).toMatchObject({ retryAfterMs: 1250 });
  });

  test("name the place where nothing answers", async () => {
    const served = await serve(createFakeGemini());
    await served.close();
    const gone = gemini({ id: "gone", apiKey: KEY, baseUrl: served.url });
    for (const call of [() => chat(gone), () => gone.listModels()]) {
      const error = await rejection(call());
      expect(error).toMatchObject({ failure: "network", details: { backend: "gone" } });
      const place = served.url.replace("http://", "");
      expect(String(error)).toContain(`nothing answers on ${place}/v1beta: check the network, or set baseUrl`);
    }
  });

  test("of a connection that breaks tell nothing of what was said", async () => {
    const fake = createFakeGemini();
    fake.faults.next({ kind: "cut", afterBytes: 10 });
    const error = await rejection(chat(gemini({ apiKey: KEY, fetch: fake }), ask("my diary")));
    expect(error).toMatchObject({ failure: "network" });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain("my diary");
  });

  test("are an answer that cannot be used where there is none, or it does not say why it ended", async () => {
    const fake = createFakeGemini();
    fake.reply({ content: "half", finishReason: null });
    const bodies = [{}, { pong: true }, { candidates: [] }];
    for (const fetch of [fake, ...bodies.map((body) => async () => Response.json(body))]) {
      await expect(chat(gemini({ apiKey: KEY, fetch }))).rejects.toMatchObject({ failure: "reply" });
    }
  });

  test.each([
    [{ blockReason: "SAFETY" }, "content-filter", "SAFETY"],
    [{ content: "well", finishReason: "RECITATION" }, "content-filter", "RECITATION"],
    [{ content: "", finishReason: "MALFORMED_FUNCTION_CALL" }, "error", "MALFORMED_FUNCTION_CALL"],
    [{ content: "well", finishReason: "LANGUAGE" }, "other", "LANGUAGE"],
  ])("of the model, as in %j, are why it ended", async (answer, unified, raw) => {
    const fake = createFakeGemini();
    fake.reply(answer);
    const { finishReason } = await chat(gemini({ apiKey: KEY, fetch: fake }));
    expect(finishReason).toEqual({ unified, raw });
  });

  test("reject with the signal's own reason", async () => {
    const fake = createFakeGemini();
    fake.faults.always({ kind: "hang" });
    const controller = new AbortController();
    const abortSignal = controller.signal;
    const backend = gemini({ apiKey: KEY, fetch: fake });
    const calls = [
      chat(backend, ask("hi", { abortSignal })),
      backend.embeddingModel("gemini-embedding-001").doEmbed({ values: ["a"], abortSignal }),
      backend.listModels({ signal: abortSignal }),
    ].map(rejection);
    const reason = { why: "enough" };
    controller.abort(reason);
    for (const error of await Promise.all(calls)) expect(error).toBe(reason);
  });
});
