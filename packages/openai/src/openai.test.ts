import { inspect } from "node:util";
import type { LanguageModelStreamPart, LanguageModelTool } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { toMswHandlers } from "@catenary/testing/msw";
import { serve } from "@catenary/testing/node";
import { setupServer } from "msw/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "../../testing/tests/ask.ts";
import { everythingIn } from "../../testing/tests/everything-in.ts";
import { openai, openaiType } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

const KEY = "sk-canary-0123456789-do-not-tell";

afterEach(() => vi.unstubAllEnvs());

describe("the key", () => {
  test("comes from the settings, or from the environment as it was when the backend was made", async () => {
    const fake = createFakeOpenAI({ apiKey: KEY });
    vi.stubEnv("OPENAI_API_KEY", KEY);
    const fromEnvironment = openai({ fetch: fake });
    vi.stubEnv("OPENAI_API_KEY", "another");
    await fromEnvironment.languageModel("gpt-4o-mini").doGenerate(ask("hi"));
    await openai({ fetch: fake, apiKey: KEY }).listModels();
    expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
  });

  test("may stand in the headers of the settings, or of a call", async () => {
    vi.stubEnv("OPENAI_API_KEY", "");
    const fake = createFakeOpenAI({ apiKey: KEY });
    await openai({ fetch: fake, headers: { Authorization: `Bearer ${KEY}` } }).listModels();
    const authorization = `Bearer ${KEY}`;
    await openai({ fetch: fake })
      .languageModel("gpt-4o-mini")
      .doGenerate(ask("hi", { headers: { authorization } }));
    expect(fake.requests).toHaveLength(2);
  });

  test("is missed at the first call, not before, and the error says where to give it", async () => {
    vi.stubEnv("OPENAI_API_KEY", "");
    const fake = createFakeOpenAI();
    const backend = openai({ id: "mine", fetch: fake });
    const words = 'The backend "mine" has no key: give openai({ apiKey }), or set OPENAI_API_KEY';
    for (const call of [
      () => backend.languageModel("m").doGenerate(ask("hi")),
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
    const fake = createFakeOpenAI();
    const make = [
      () => openai({ apiKey: KEY, fetch: fake }),
      () => openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", apiKey: KEY, fetch: fake }),
      () => openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", headers: { "x-api-key": KEY }, fetch: fake }),
    ];
    const faults = [
      { kind: "status", status: 401, message: `Incorrect API key provided: ${KEY}` },
      { kind: "status", status: 500, body: `<html>Bearer ${KEY}</html>` },
      { kind: "reset" },
      { kind: "cut", afterBytes: 10 },
    ] as const;
    for (const backend of make.map((one) => one())) {
      for (const fault of faults) {
        fake.faults.next(fault);
        const error = await rejection(backend.languageModel("gpt-4o-mini").doGenerate(ask("hi")));
        expect(everythingIn(error)).not.toContain(KEY);
        fake.faults.next(fault);
        expect(everythingIn(await rejection(backend.listModels()))).not.toContain(KEY);
      }
    }
  });

  test("is told by no error about an answer that cannot be read, nor is what was said", async () => {
    const fetch = async () => Response.json({ echo: `Bearer ${KEY}`, more: "x".repeat(10_000) });
    const error = await rejection(openai({ apiKey: KEY, fetch }).languageModel("m").doGenerate(ask("my diary")));
    expect(error).toMatchObject({ failure: "reply" });
    expect(String(error).length).toBeLessThan(700);
    expect(everythingIn(error)).not.toMatch(new RegExp(`${KEY}|my diary`));
  });

  test("cannot be seen in the backend or its models", () => {
    const backend = openai({ apiKey: KEY });
    for (const value of [backend, backend.languageModel("m"), backend.embeddingModel("e")]) {
      expect(`${JSON.stringify(value)} ${inspect(value, { depth: 10, showHidden: true })}`).not.toContain(KEY);
    }
  });
});

describe("requests", () => {
  test("go to OpenAI unless told otherwise, with the organization, the project and the headers", async () => {
    const fake = createFakeOpenAI();
    const urls: string[] = [];
    const backend = openai({
      apiKey: KEY,
      organization: "org-1",
      project: "proj-1",
      headers: { "x-team": "blue" },
      fetch: (input, init) => {
        urls.push(String(input));
        return fake(input, init);
      },
    });
    await backend.languageModel("gpt-4o-mini").doGenerate(ask("hi", { headers: { "x-call": "7" } }));
    await backend.listModels();
    expect(urls).toEqual(["https://api.openai.com/v1/chat/completions", "https://api.openai.com/v1/models"]);
    expect(fake.requests[0]?.headers).toMatchObject({
      "openai-organization": "org-1",
      "openai-project": "proj-1",
      "x-team": "blue",
      "x-call": "7",
    });
  });

  test("carry sampling options, the schema and the ids of tool calls", async () => {
    const fake = createFakeOpenAI();
    const schema: LanguageModelTool["inputSchema"] = {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false,
    };
    const call = { toolCallId: "call-7", toolName: "f" };
    await openai({ apiKey: KEY, fetch: fake })
      .languageModel("gpt-4o-mini")
      .doGenerate({
        prompt: [
          { role: "user", content: [{ type: "text", text: "hi" }] },
          { role: "assistant", content: [{ type: "tool-call", ...call, input: { a: 1 } }] },
          { role: "tool", content: [{ type: "tool-result", ...call, output: { type: "text", value: "done" } }] },
        ],
        temperature: 0.25,
        topP: 0.5,
        seed: 7,
        maxOutputTokens: 9,
        stopSequences: ["END"],
        responseFormat: { type: "json", schema, name: "thing" },
      });
    expect(fake.requests[0]?.body).toMatchObject({
      model: "gpt-4o-mini",
      temperature: 0.25,
      top_p: 0.5,
      seed: 7,
      stop: ["END"],
      response_format: { type: "json_schema", json_schema: { name: "thing", schema } },
      messages: [
        { role: "user", content: "hi" },
        { role: "assistant", tool_calls: [{ id: "call-7", function: { name: "f", arguments: '{"a":1}' } }] },
        { role: "tool", tool_call_id: "call-7", content: "done" },
      ],
    });
  });

  test("ask for the strict mode only with a schema that it takes, unless the call says otherwise", async () => {
    const fake = createFakeOpenAI();
    const model = openai({ apiKey: KEY, fetch: fake }).languageModel("gpt-4o-mini");
    const open: LanguageModelTool["inputSchema"] = { type: "object", additionalProperties: { type: "string" } };
    const shut: LanguageModelTool["inputSchema"] = {
      type: "object",
      properties: {},
      required: [],
      additionalProperties: false,
    };
    await model.doGenerate(ask("hi", { responseFormat: { type: "json", schema: open } }));
    await model.doGenerate(ask("hi", { responseFormat: { type: "json", schema: shut } }));
    const providerOptions = { openai: { strictJsonSchema: true } };
    await model.doGenerate(ask("hi", { responseFormat: { type: "json", schema: open }, providerOptions }));
    const strict = fake.requests.map(({ text }) => /"strict":(true|false)/.exec(text)?.[1]);
    expect(strict).toEqual(["false", "true", "true"]);
  });

  test("are made once: what fails is not tried again", async () => {
    const fake = createFakeOpenAI();
    fake.faults.always({ kind: "status", status: 503 });
    const backend = openai({ apiKey: KEY, fetch: fake });
    await rejection(backend.languageModel("gpt-4o-mini").doGenerate(ask("hi")));
    await rejection(backend.listModels());
    expect(fake.requests).toHaveLength(2);
  });

  test("reach a server that msw plays", async () => {
    const network = setupServer(...toMswHandlers(createFakeOpenAI({ apiKey: KEY }), "https://api.openai.com"));
    network.listen();
    try {
      const { content } = await openai({ apiKey: KEY }).languageModel("gpt-4o-mini").doGenerate(ask("hi"));
      expect(content).toMatchObject([{ type: "text", text: "This is gpt-4o-mini. You said: hi" }]);
    } finally {
      network.close();
    }
  });
});

describe("failures", () => {
  const backend = (fake: ReturnType<typeof createFakeOpenAI>) => openai({ apiKey: KEY, fetch: fake });

  test("say what the server says, and what to do about a key", async () => {
    const fake = createFakeOpenAI({ apiKey: "another" });
    await expect(backend(fake).listModels()).rejects.toThrow(
      /^api\.openai\.com\/v1 answered with status 401: Incorrect API key provided: .*\. Check the apiKey of the backend "openai"$/,
    );
  });

  test("tell exactly how long to wait, where the server does", async () => {
    const fake = createFakeOpenAI();
    fake.faults.next({ kind: "status", status: 429, headers: { "retry-after-ms": "1250", "retry-after": "2" } });
    const error = rejection(backend(fake).languageModel("gpt-4o-mini").doGenerate(ask("hi")));
    expect(await error).toMatchObject({ status: 429, failure: "rate_limit", retryAfterMs: 1250 });
    fake.faults.next({
      kind: "status",
      status: 503,
      headers: { date: "Mon, 23 Nov 2026 10:00:00 GMT", "retry-after": "Mon, 23 Nov 2026 10:00:05 GMT" },
    });
    await expect(backend(fake).listModels()).rejects.toMatchObject({ failure: "server_error", retryAfterMs: 5000 });
  });

  test("name the place where nothing answers", async () => {
    const served = await serve(createFakeOpenAI());
    await served.close();
    const gone = openaiCompatible({ id: "gone", baseUrl: `${served.url}/v1` });
    const place = served.url.replace("http://", "");
    for (const call of [() => gone.languageModel("m").doGenerate(ask("hi")), () => gone.listModels()]) {
      const error = await rejection(call());
      expect(error).toMatchObject({ failure: "network", details: { backend: "gone" } });
      expect(String(error)).toContain(
        `nothing answers on ${place}/v1: check the network, start the server if it is yours, or set baseUrl`,
      );
    }
  });

  test("of a stream that breaks off reach the reader, or the caller where nothing had come", async () => {
    const fake = createFakeOpenAI();
    await using served = await serve(fake);
    for (const afterChunks of [1, 4]) {
      fake.faults.next({ kind: "cut", afterChunks });
      const parts: LanguageModelStreamPart[] = [];
      const error = await rejection(
        (async () => {
          const { stream } = await openai({ apiKey: KEY, baseUrl: `${served.url}/v1` })
            .languageModel("gpt-4o-mini")
            .doStream(ask("one two three four five six"));
          for await (const part of stream) {
            if (part.type === "error") throw part.error;
            parts.push(part);
          }
        })(),
      );
      expect(error).toMatchObject({ failure: "network", details: { backend: "openai", model: "gpt-4o-mini" } });
      expect(parts.filter((part) => part.type === "finish")).toEqual([]);
    }
  });

  test("inside a stream are an error part", async () => {
    for (const [status, failure] of [
      [500, "server_error"],
      [429, "rate_limit"],
    ] as const) {
      const fake = createFakeOpenAI();
      const make = [
        openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", apiKey: KEY, fetch: fake }),
        openai({ id: "x", baseUrl: "http://x.test/v1", apiKey: KEY, fetch: fake }),
      ];
      for (const one of make) {
        fake.reply({ content: "one two three", error: { status, message: `no more for ${KEY}`, afterChunks: 2 } });
        const { stream } = await one.languageModel("gpt-4o-mini").doStream(ask("hi"));
        const parts: LanguageModelStreamPart[] = [];
        for await (const part of stream) parts.push(part);
        const failed = parts.find((part) => part.type === "error");
        expect(failed?.error).toMatchObject({ failure, details: { backend: "x", model: "gpt-4o-mini" } });
        expect(String(failed?.error)).toContain("no more for …");
        expect(everythingIn(failed?.error)).not.toContain(KEY);
        expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "error" } });
      }
    }
  });

  test("are an answer that cannot be used where the server speaks another language", async () => {
    const fetch = async () => new Response('{"pong":true}', { headers: { "content-type": "application/json" } });
    const wrong = openaiCompatible({ id: "wrong", baseUrl: "http://x.test/v1", fetch });
    await expect(wrong.languageModel("m").doGenerate(ask("hi"))).rejects.toMatchObject({ failure: "reply" });
    await expect(wrong.listModels()).rejects.toThrow("http://x.test/v1/models did not answer with a list of models");
  });

  test("reject with the signal's own reason", async () => {
    const fake = createFakeOpenAI();
    fake.faults.always({ kind: "hang" });
    const controller = new AbortController();
    const calls = [
      backend(fake)
        .languageModel("gpt-4o-mini")
        .doGenerate(ask("hi", { abortSignal: controller.signal })),
      backend(fake)
        .embeddingModel("text-embedding-3-small")
        .doEmbed({ values: ["a"], abortSignal: controller.signal }),
      backend(fake).listModels({ signal: controller.signal }),
    ].map(rejection);
    const reason = { why: "enough" };
    controller.abort(reason);
    for (const error of await Promise.all(calls)) expect(error).toBe(reason);
  });
});

describe("settings", () => {
  test.each([
    ["ftp://x", /http or https address such as .*, got "ftp:\/\/x"/],
    ["nonsense", /got "nonsense"/],
    ["http://user:pa55@x/v1", /must not carry a user name or password/],
    ["http://x/v1?key=1", /without a query/],
  ])("a baseUrl of %s is refused at once, without repeating a password", (baseUrl, words) => {
    const make = () => openaiCompatible({ id: "x", baseUrl });
    expect(make).toThrow(words);
    expect(make).toThrow(expect.objectContaining({ code: "settings_invalid" }));
    expect(make).not.toThrow(/pa55/);
  });

  test.each(["sk-\u16a3", "sk-a\nb"])(
    "a key that no header can have, %j, is refused at once, without repeating it",
    (apiKey) => {
      const make = () => openai({ apiKey });
      expect(make).toThrow(expect.objectContaining({ code: "settings_invalid" }));
      expect(make).not.toThrow(/sk-/);
    },
  );

  test("name the backend", () => {
    expect(openai()).toMatchObject({ id: "openai", type: "openai", baseUrl: "https://api.openai.com/v1" });
    expect(openai({ id: "b", name: "Second" })).toMatchObject({ id: "b", name: "Second" });
    expect(openaiCompatible({ id: "lm", type: "lmstudio", baseUrl: "http://h/v1/" })).toMatchObject({
      id: "lm",
      type: "lmstudio",
      baseUrl: "http://h/v1",
    });
    expect(openai().languageModel("m")).toMatchObject({ provider: "openai", modelId: "m", specificationVersion: "v4" });
  });

  test("come from a stored record too", async () => {
    const fake = createFakeOpenAI({ apiKey: KEY });
    const backend = openaiType.open({ id: "stored", apiKey: KEY, headers: { "x-a": "b" } }, { fetch: fake });
    await backend.listModels();
    expect(backend.id).toBe("stored");
    expect(fake.requests[0]?.headers).toMatchObject({ "x-a": "b" });
  });
});

describe("how routing treats a backend", () => {
  const routing = { concurrency: 4, weight: 2 };

  test("stands in the settings, and in records", () => {
    expect(openai({ routing }).routing).toEqual(routing);
    expect(openai().routing).toBeUndefined();
    expect(openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", routing }).routing).toEqual(routing);
    expect(openaiType.open({ id: "y", routing }, { fetch }).routing).toEqual(routing);
  });

  test("is refused where it cannot be meant", () => {
    const refused = expect.objectContaining({ code: "settings_invalid" });
    expect(() => openai({ routing: { weight: -1 } })).toThrow(refused);
    expect(() => openaiCompatible({ id: "x", baseUrl: "http://x.test/v1", routing: { spillAt: 2 } })).toThrow(refused);
  });
});
