import { inspect } from "node:util";
import { createFakeGemini } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "../../testing/tests/ask.ts";
import { everythingIn } from "../../testing/tests/everything-in.ts";
import { chat, KEY } from "../tests/calls.ts";
import { gemini } from "./gemini.ts";

afterEach(() => vi.unstubAllEnvs());

function noKeyInEnvironment(): void {
  vi.stubEnv("GOOGLE_GENERATIVE_AI_API_KEY", "");
  vi.stubEnv("GEMINI_API_KEY", "");
}

describe("the key", () => {
  test("comes from the settings, or from the environment as it was when the backend was made", async () => {
    noKeyInEnvironment();
    const fake = createFakeGemini();
    vi.stubEnv("GEMINI_API_KEY", "second");
    const second = gemini({ fetch: fake });
    vi.stubEnv("GOOGLE_GENERATIVE_AI_API_KEY", "first");
    const first = gemini({ fetch: fake });
    vi.stubEnv("GEMINI_API_KEY", "changed");
    await second.listModels();
    await chat(first);
    await chat(gemini({ fetch: fake, apiKey: KEY }));
    expect(fake.requests.map(({ headers }) => headers["x-goog-api-key"])).toEqual(["second", "first", KEY]);
  });

  test("may stand in the headers of the settings, or of a call", async () => {
    noKeyInEnvironment();
    const fake = createFakeGemini({ apiKey: KEY });
    await gemini({ fetch: fake, apiKey: "another", headers: { "X-Goog-Api-Key": KEY } }).listModels();
    await chat(gemini({ fetch: fake }), ask("hi", { headers: { "x-goog-api-key": KEY } }));
    expect(fake.requests).toHaveLength(2);
  });

  test("of the environment is not sent beside an authorization, one of the settings is", async () => {
    vi.stubEnv("GEMINI_API_KEY", KEY);
    const fake = createFakeGemini();
    const headers = { authorization: "Bearer of-a-test" };
    await gemini({ fetch: fake, headers }).listModels();
    await gemini({ fetch: fake, headers, apiKey: "given" }).listModels();
    expect(fake.requests.map((request) => request.headers["x-goog-api-key"])).toEqual([undefined, "given"]);
    expect(fake.requests.map((request) => request.headers.authorization)).toEqual(Array(2).fill(headers.authorization));
  });

  test("is missed at the first call, not before, and the error says where to give it", async () => {
    noKeyInEnvironment();
    const fake = createFakeGemini();
    const backend = gemini({ id: "mine", fetch: fake });
    const words = 'The backend "mine" has no key: give gemini({ apiKey }), or set GEMINI_API_KEY or';
    for (const call of [
      () => chat(backend),
      () => backend.languageModel("m").doStream(ask("hi")),
      () => backend.embeddingModel("m").doEmbed({ values: ["hi"] }),
      () => backend.listModels(),
    ]) {
      await expect(call()).rejects.toMatchObject({ code: "api_key_missing", failure: "auth" });
      await expect(call()).rejects.toThrow(words);
    }
    expect(fake.requests).toHaveLength(0);
  });

  test("is told by no error, whatever goes wrong, even where the server repeats it", async () => {
    const fake = createFakeGemini();
    const faults = [
      { kind: "status", status: 400, message: `API key not valid: ${KEY}` },
      { kind: "status", status: 500, body: `<html>x-goog-api-key: ${KEY}</html>` },
      { kind: "reset" },
      { kind: "cut", afterBytes: 10 },
    ] as const;
    for (const settings of [{ apiKey: KEY }, { apiKey: "other", headers: { "x-gate": KEY } }]) {
      const backend = gemini({ ...settings, fetch: fake });
      for (const fault of faults) {
        fake.faults.next(fault, fault, fault);
        expect(everythingIn(await rejection(chat(backend)))).not.toContain(KEY);
        expect(everythingIn(await rejection(backend.listModels()))).not.toContain(KEY);
        const embedding = backend.embeddingModel("gemini-embedding-001").doEmbed({ values: ["a"] });
        expect(everythingIn(await rejection(embedding))).not.toContain(KEY);
      }
    }
    fake.faults.next({ kind: "status", status: 400, message: `bad gate ${KEY}` });
    const calls = chat(gemini({ apiKey: "other", fetch: fake }), ask("hi", { headers: { "x-gate": KEY } }));
    await expect(calls).rejects.toThrow("bad gate …");
  });

  test("is told by no error about an answer that cannot be read, nor is what was said", async () => {
    const fetch = async () => Response.json({ candidates: 7, echo: KEY, more: "x".repeat(10_000) });
    const error = await rejection(chat(gemini({ apiKey: KEY, fetch }), ask("my diary")));
    expect(error).toMatchObject({ failure: "reply" });
    expect(String(error).length).toBeLessThan(700);
    expect(everythingIn(error)).not.toMatch(new RegExp(`${KEY}|my diary`));
  });

  test("cannot be seen in the backend or its models, nor in an address", async () => {
    const fake = createFakeGemini({ apiKey: KEY });
    const backend = gemini({ apiKey: KEY, fetch: fake });
    for (const value of [backend, backend.languageModel("m"), backend.embeddingModel("e")]) {
      expect(`${JSON.stringify(value)} ${inspect(value, { depth: 10, showHidden: true })}`).not.toContain(KEY);
    }
    await backend.listModels();
    await chat(backend);
    await backend.languageModel("gemini-2.5-flash").doStream(ask("hi"));
    await backend.embeddingModel("gemini-embedding-001").doEmbed({ values: ["a", "b"] });
    expect(fake.requests).toHaveLength(4);
    for (const { path, text } of fake.requests) expect(`${path} ${text}`).not.toContain(KEY);
  });

  test("goes nowhere else, where the server sends the call on", async () => {
    const elsewhere = createFakeGemini();
    await using other = await serve(elsewhere);
    const redirecting = async () =>
      new Response(null, { status: 307, headers: { location: `${other.url}/v1beta/models` } });
    await using served = await serve(redirecting);
    const backend = gemini({ apiKey: KEY, baseUrl: served.url });
    for (const call of [() => backend.listModels(), () => chat(backend)]) {
      await expect(call()).rejects.toMatchObject({ failure: "unavailable", status: 307 });
      await expect(call()).rejects.toThrow("it sends the call to another address, and the key must not go there");
    }
    expect(elsewhere.requests).toEqual([]);
  });

  test("that no header can have is not repeated", () => {
    const words = 'the backend "gemini" has a key that no header can have';
    expect(() => gemini({ apiKey: `${KEY}\n${KEY}` })).toThrow(
      expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining(words) }),
    );
    const make = () => gemini({ headers: { "x-gate": `${KEY}\n${KEY}` } });
    expect(make).toThrow('a header "x-gate" whose name or value that no header can have');
    expect(make).not.toThrow(KEY);
  });
});
