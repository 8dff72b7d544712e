import type { LanguageModelTool } from "@catenary/core";
import { createFakeGemini } from "@catenary/testing";
import { toMswHandlers } from "@catenary/testing/msw";
import { setupServer } from "msw/node";
import { describe, expect, test } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "../../testing/tests/ask.ts";
import { chat, KEY } from "../tests/calls.ts";
import { gemini, geminiType } from "./gemini.ts";

const HOST = "generativelanguage.googleapis.com";

describe("requests", () => {
  test("go to Google unless told otherwise, with the headers", async () => {
    const fake = createFakeGemini();
    const urls: string[] = [];
    const backend = gemini({
      apiKey: KEY,
      headers: { "x-team": "blue" },
      fetch: (input, init) => {
        urls.push(String(input));
        return fake(input, init);
      },
    });
    await chat(backend, ask("hi", { headers: { "x-call": "7" } }));
    await backend.languageModel("models/gemini-2.5-flash").doStream(ask("hi"));
    await backend.embeddingModel("models/gemini-embedding-001").doEmbed({ values: ["a"] });
    expect(urls).toEqual([
      `https://${HOST}/v1beta/models/gemini-2.5-flash:generateContent`,
      `https://${HOST}/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse`,
      `https://${HOST}/v1beta/models/gemini-embedding-001:embedContent`,
    ]);
    expect(fake.requests[0]?.headers).toMatchObject({ "x-team": "blue", "x-call": "7" });
  });

  test("carry sampling options, the schema, every system text and the ids of tool calls", async () => {
    const fake = createFakeGemini();
    const schema: LanguageModelTool["inputSchema"] = {
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
    };
    const call = { toolCallId: "call-7", toolName: "f" };
    await chat(gemini({ apiKey: KEY, fetch: fake }), {
      prompt: [
        { role: "system", content: "Be kind." },
        { role: "user", content: [{ type: "text", text: "hi" }] },
        { role: "assistant", content: [{ type: "tool-call", ...call, input: { a: 1 } }] },
        { role: "system", content: "Be short." },
        { role: "tool", content: [{ type: "tool-result", ...call, output: { type: "text", value: "done" } }] },
      ],
      temperature: 0.25,
      topP: 0.5,
      topK: 3,
      seed: 7,
      maxOutputTokens: 9,
      stopSequences: ["END"],
      responseFormat: { type: "json", schema, name: "thing" },
    });
    expect(fake.requests[0]?.body).toMatchObject({
      systemInstruction: { parts: [{ text: "Be kind." }, { text: "Be short." }] },
      generationConfig: {
        temperature: 0.25,
        topP: 0.5,
        topK: 3,
        seed: 7,
        maxOutputTokens: 9,
        stopSequences: ["END"],
        responseMimeType: "application/json",
        responseJsonSchema: schema,
      },
      contents: [
        { role: "user", parts: [{ text: "hi" }] },
        { role: "model", parts: [{ functionCall: { id: "call-7", name: "f", args: { a: 1 } } }] },
        { role: "user", parts: [{ functionResponse: { id: "call-7", name: "f", response: { content: "done" } } }] },
      ],
    });
  });

  test("are made once: what fails is not tried again", async () => {
    const fake = createFakeGemini();
    fake.faults.always({ kind: "status", status: 503 });
    const backend = gemini({ apiKey: KEY, fetch: fake });
    await rejection(chat(backend));
    await rejection(backend.listModels());
    expect(fake.requests).toHaveLength(2);
  });

  test("that cannot be made are refused before anything is sent", async () => {
    const fake = createFakeGemini();
    const { languageModel, embeddingModel } = gemini({ apiKey: KEY, fetch: fake });
    const file = {
      type: "file",
      mediaType: "image/png",
      data: { type: "url", url: new URL("https://x.test/a") },
    } as const;
    const prompt = [{ role: "assistant" as const, content: [file] }];
    const wrong = { google: { thinkingConfig: { thinkingBudget: "much" } } };
    for (const call of [
      () => languageModel("gemini-2.5-flash").doGenerate({ prompt }),
      () => languageModel("gemini-2.5-flash").doStream({ ...ask("hi"), providerOptions: wrong }),
      () => embeddingModel("e").doEmbed({ values: Array<string>(101).fill("a") }),
    ]) {
      await expect(call()).rejects.toMatchObject({ failure: "bad_request", details: { backend: "gemini" } });
      await expect(call()).rejects.toThrow("cannot be asked so: ");
    }
    expect(fake.requests).toEqual([]);
  });

  test("reach a server that msw plays", async () => {
    const network = setupServer(...toMswHandlers(createFakeGemini({ apiKey: KEY }), `https://${HOST}`));
    network.listen();
    try {
      const { content } = await chat(gemini({ apiKey: KEY }));
      expect(content).toMatchObject([{ type: "text", text: "This is gemini-2.5-flash. You said: hi" }]);
    } finally {
      network.close();
    }
  });
});

describe("settings", () => {
  test.each([
    ["ftp://x", /http or https address such as .*, got "ftp:\/\/x"/],
    ["nonsense", /got "nonsense"/],
    ["", /got ""/],
    ["http://user:pa55@x/v1", /must not carry a user name or password/],
    ["http://x/v1?key=1", /without a query/],
    ["http://x/(v1)", /a path of letters, digits/],
  ])("a baseUrl of %j is refused at once, without repeating a password", (baseUrl, words) => {
    const make = () => gemini({ baseUrl });
    expect(make).toThrow(words);
    expect(make).toThrow(expect.objectContaining({ code: "settings_invalid" }));
    expect(make).not.toThrow(/pa55/);
  });

  test.each([
    ["http://h", "http://h/v1beta"],
    ["http://h/", "http://h/v1beta"],
    ["http://h/v1beta/", "http://h/v1beta"],
    ["http://h/gate/v1", "http://h/gate/v1"],
    ["http://h/v1alpha", "http://h/v1alpha"],
    ["http://h/gate", "http://h/gate/v1beta"],
  ])("a baseUrl of %s is where the API is", (given, baseUrl) => {
    expect(gemini({ baseUrl: given }).baseUrl).toBe(baseUrl);
  });

  test("name the backend and its models", () => {
    expect(gemini()).toMatchObject({ id: "gemini", type: "gemini", baseUrl: `https://${HOST}/v1beta` });
    expect(gemini({ id: "b", name: "Second", routing: { priority: 1 } })).toMatchObject({
      id: "b",
      name: "Second",
      routing: { priority: 1 },
    });
    const expected = { provider: "gemini", modelId: "models/m", specificationVersion: "v4" };
    expect(gemini().languageModel("models/m")).toMatchObject(expected);
    expect(gemini().embeddingModel("models/m")).toMatchObject(expected);
  });

  test("come from a stored record too", async () => {
    const fake = createFakeGemini({ apiKey: KEY });
    const backend = geminiType.open({ id: "stored", apiKey: KEY, headers: { "x-a": "b" } }, { fetch: fake });
    await backend.listModels();
    expect(backend.id).toBe("stored");
    expect(fake.requests[0]?.headers).toMatchObject({ "x-a": "b" });
  });
});
