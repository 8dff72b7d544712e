import { describe, expect, test } from "vitest";
import { createFakeGemini, type FakeGemini } from "./fake-gemini.ts";

const ROOT = "http://fake.test/v1beta";
const question = { contents: [{ role: "user", parts: [{ text: "one " }, { text: "two" }] }] };

function post(fake: FakeGemini, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fake(`${ROOT}/models/${path}`, { method: "POST", body: text, headers });
}

function generate(fake: FakeGemini, more: object = {}): Promise<Response> {
  return post(fake, "gemini-2.5-flash:generateContent", { ...question, ...more });
}

function stream(fake: FakeGemini, query = "?alt=sse"): Promise<Response> {
  return post(fake, `gemini-2.5-flash:streamGenerateContent${query}`, question);
}

/** The data of each event, in order. */
async function events(response: Response): Promise<unknown[]> {
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const pieces = (await response.text()).split("\r\n\r\n").filter((piece) => piece !== "");
  return pieces.map((piece) => JSON.parse(piece.replace(/^data: /, "")));
}

const candidate = (parts: readonly object[], finishReason?: string) => ({
  content: { ...(parts.length > 0 && { parts }), role: "model" },
  ...(finishReason !== undefined && { finishReason }),
  index: 0,
});

describe("content", () => {
  test("is answered whole", async () => {
    const response = await generate(createFakeGemini());
    expect(response.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(await response.json()).toEqual({
      candidates: [candidate([{ text: "This is gemini-2.5-flash. You said: one two" }], "STOP")],
      usageMetadata: { promptTokenCount: 2, candidatesTokenCount: 7, totalTokenCount: 9 },
      modelVersion: "gemini-2.5-flash",
      responseId: "fake-1",
    });
  });

  test("is streamed: each piece tells the tokens so far, the last one why it ended", async () => {
    const fake = createFakeGemini({ answer: () => ({ thoughts: "so", chunks: ["Hel", "lo"], promptTokens: 3 }) });
    const usage = (candidatesTokenCount: number) => ({
      promptTokenCount: 3,
      candidatesTokenCount,
      totalTokenCount: 4 + candidatesTokenCount,
      thoughtsTokenCount: 1,
    });
    expect(await events(await stream(fake))).toMatchObject([
      { candidates: [candidate([{ text: "so", thought: true }])], usageMetadata: usage(1), responseId: "fake-1" },
      { candidates: [candidate([{ text: "Hel" }])], usageMetadata: usage(2), responseId: "fake-1" },
      { candidates: [candidate([{ text: "lo" }], "STOP")], usageMetadata: usage(2), responseId: "fake-1" },
    ]);
  });

  test("comes in a JSON array where a stream was not asked for as events", async () => {
    const fake = createFakeGemini({ answer: () => ({ chunks: ["Hel", "lo"] }) });
    expect(await (await stream(fake, "")).json()).toMatchObject([
      { candidates: [candidate([{ text: "Hel" }])] },
      { candidates: [candidate([{ text: "lo" }], "STOP")] },
    ]);
    fake.reply({ error: { status: 429, message: "slow down" } });
    const refused = await stream(fake, "");
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject([{ error: { code: 429, status: "RESOURCE_EXHAUSTED" } }]);
  });

  test("calls tools, and only those that it may", async () => {
    const functionDeclarations = ["first", "second"].map((name) => ({
      name,
      parametersJsonSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    }));
    const partsOf = async (functionCallingConfig: object, contents: readonly object[] = question.contents) => {
      const tools = [{ functionDeclarations }];
      const answered = await generate(createFakeGemini(), { tools, toolConfig: { functionCallingConfig }, contents });
      return (await answered.json()).candidates[0].content.parts;
    };
    const call = (name: string) => [{ functionCall: { name, args: { city: "sample" } } }];
    expect(await partsOf({ mode: "AUTO" })).toEqual(call("first"));
    expect(await partsOf({ mode: "ANY", allowedFunctionNames: ["second"] })).toEqual(call("second"));
    expect(await partsOf({ mode: "NONE" })).toMatchObject([{ text: expect.stringContaining("You said") }]);
    const response = { name: "first", content: "31 degrees" };
    const result = { role: "user", parts: [{ functionResponse: { name: "first", response } }] };
    const answered = await partsOf({ mode: "AUTO" }, [...question.contents, result]);
    expect(answered[0].text).toContain("31 degrees");
  });

  test("sends the ids and arguments of a script's calls", async () => {
    const fake = createFakeGemini();
    const toolCalls = [{ id: "c1", name: "f", arguments: { a: 1 } }];
    fake.reply({ toolCalls }, { content: "I ask.", toolCalls });
    const functionCall = { id: "c1", name: "f", args: { a: 1 } };
    expect((await (await generate(fake)).json()).candidates).toEqual([candidate([{ functionCall }], "STOP")]);
    expect((await events(await stream(fake))).at(-1)).toMatchObject({
      candidates: [candidate([{ functionCall }], "STOP")],
    });
  });

  test("obeys stop sequences, the token limit and the schema", async () => {
    const fake = createFakeGemini({
      answer: ({ schema, text }) => (schema === undefined ? text : JSON.stringify(schema)),
    });
    const said = async (generationConfig: object) => {
      const { candidates } = await (await generate(fake, { generationConfig })).json();
      return `${candidates[0].content.parts[0].text} ${candidates[0].finishReason}`;
    };
    expect(await said({ stopSequences: [" two"] })).toBe("one STOP");
    expect(await said({ maxOutputTokens: 1 })).toBe("one MAX_TOKENS");
    const json = { responseMimeType: "application/json" };
    expect(await said({ ...json, responseJsonSchema: { type: "number" } })).toBe('{"type":"number"} STOP');
    expect(await said({ ...json, responseSchema: { type: "NUMBER" } })).toBe('{"type":"NUMBER"} STOP');
    expect(await said(json)).toBe("{} STOP");
  });

  test("can be refused by the safety filter, lack its end, and have no words", async () => {
    const fake = createFakeGemini();
    fake.reply({ blockReason: "SAFETY" }, { blockReason: "SAFETY" });
    const blocked = {
      promptFeedback: { blockReason: "SAFETY" },
      usageMetadata: { promptTokenCount: 2, totalTokenCount: 2 },
    };
    const refused = await (await generate(fake)).json();
    expect(refused).toMatchObject(blocked);
    expect(refused).not.toHaveProperty("candidates");
    expect(await events(await stream(fake))).toMatchObject([blocked]);
    fake.reply({ content: "half", finishReason: null }, { content: "", finishReason: "MAX_TOKENS" }, { content: "" });
    expect((await (await generate(fake)).json()).candidates).toEqual([candidate([{ text: "half" }])]);
    expect((await (await generate(fake)).json()).candidates).toEqual([candidate([], "MAX_TOKENS")]);
    expect(await events(await stream(fake))).toMatchObject([{ candidates: [candidate([], "STOP")] }]);
  });

  test("reads the system instruction", async () => {
    const fake = createFakeGemini({ answer: ({ system, contents }) => `${system}, ${contents.length}` });
    const { candidates } = await (await generate(fake, { systemInstruction: { parts: [{ text: "Be kind" }] } })).json();
    expect(candidates[0].content.parts).toEqual([{ text: "Be kind, 1" }]);
  });
});

describe("what is refused", () => {
  const errorOf = async (response: Response) => {
    const { error } = await response.json();
    expect(error.code).toBe(response.status);
    return error;
  };

  test("is refused in Google's words", async () => {
    const fake = createFakeGemini({
      apiKey: "right",
      models: ["chatty", { id: "short", inputTokenLimit: 1 }, { id: "e", embeds: true }],
    });
    const right = { "x-goog-api-key": "right" };
    const ask = async (path: string, body: unknown = question, headers: Record<string, string> = right) =>
      errorOf(await post(fake, path, body, headers));
    expect(await ask("chatty:generateContent", question, {})).toMatchObject({ code: 403, status: "PERMISSION_DENIED" });
    expect(await ask("chatty:generateContent", question, { "x-goog-api-key": "wrong" })).toMatchObject({
      code: 400,
      message: "API key not valid. Please pass a valid API key.",
      status: "INVALID_ARGUMENT",
      details: [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "API_KEY_INVALID" }],
    });
    const missing = (model: string, method: string) => ({
      code: 404,
      message: expect.stringContaining(
        `models/${model} is not found for API version v1beta, or is not supported for ${method}.`,
      ),
      status: "NOT_FOUND",
    });
    expect(await ask("nope:generateContent")).toMatchObject(missing("nope", "generateContent"));
    expect(await ask("chatty:embedContent")).toMatchObject(missing("chatty", "embedContent"));
    expect(await ask("e:streamGenerateContent")).toMatchObject(missing("e", "streamGenerateContent"));
    expect(await ask("chatty:predict")).toMatchObject(missing("chatty", "predict"));
    expect(await ask("chatty:generateContent", {})).toMatchObject({
      message: "* GenerateContentRequest.contents: contents is not specified\n",
    });
    expect(await ask("chatty:generateContent", "{bad")).toMatchObject({ status: "INVALID_ARGUMENT" });
    expect(await ask("short:generateContent")).toMatchObject({
      message: "The input token count (2) exceeds the maximum number of tokens allowed (1).",
    });
    expect(await ask("e:embedContent", {})).toMatchObject({
      message: expect.stringContaining("content is not specified"),
    });
    expect(await ask("e:batchEmbedContents", { requests: [{}] })).toMatchObject({ code: 400 });
    expect(await ask("e:batchEmbedContents", {})).toMatchObject({ code: 400 });
    expect((await post(fake, "chatty:generateContent?key=right", question)).status).toBe(200);
  });

  test("is a page of HTML where there is no API", async () => {
    const fake = createFakeGemini();
    for (const response of [
      await fake("http://fake.test/v2/models"),
      await fake(`${ROOT}/models/gemini-2.5-flash:generateContent`),
      await fake(`${ROOT}/models/gemini-2.5-flash`, { method: "POST" }),
    ]) {
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toMatch("text/html");
    }
  });

  test("is refused as a script or a fault says, with the time to wait in the body", async () => {
    const fake = createFakeGemini();
    fake.reply({ error: { status: 429, message: "slow", quotaId: "RequestsPerDay", retryDelaySeconds: 38 } });
    expect(await errorOf(await generate(fake))).toEqual({
      code: 429,
      message: "slow",
      status: "RESOURCE_EXHAUSTED",
      details: [
        { "@type": "type.googleapis.com/google.rpc.QuotaFailure", violations: [{ quotaId: "RequestsPerDay" }] },
        { "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "38s" },
      ],
    });
    fake.faults.next({ kind: "status", status: 503, message: "overloaded" });
    expect(await errorOf(await generate(fake))).toEqual({ code: 503, message: "overloaded", status: "UNAVAILABLE" });
    fake.faults.next({ kind: "status", status: 418 });
    expect(await errorOf(await generate(fake))).toMatchObject({ status: "INVALID_ARGUMENT" });
  });

  test("fails in the middle of a stream", async () => {
    const fake = createFakeGemini();
    fake.reply({ chunks: ["a", "b", "c"], error: { status: 500, message: "broke", afterChunks: 1 } });
    expect(await events(await stream(fake))).toMatchObject([
      { candidates: [candidate([{ text: "a" }])] },
      { error: { code: 500, message: "broke", status: "INTERNAL" } },
    ]);
  });
});

describe("models and vectors", () => {
  const describedAs = (id: string) => ({
    name: `models/${id}`,
    version: "001",
    displayName: id,
    description: `A model of a fake server: ${id}`,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ["generateContent", "countTokens", "createCachedContent", "batchGenerateContent"],
    temperature: 1,
    topP: 0.95,
    topK: 64,
    maxTemperature: 2,
  });

  test("are listed page by page, and shown one by one", async () => {
    const fake = createFakeGemini({ models: ["a", "b", "c"] });
    const list = async (query = "") => (await fake(`${ROOT}/models${query}`)).json();
    expect(await list()).toEqual({ models: ["a", "b", "c"].map(describedAs) });
    expect(await list("?pageSize=2")).toEqual({ models: ["a", "b"].map(describedAs), nextPageToken: "after-2" });
    expect(await list("?pageSize=2&pageToken=after-2")).toEqual({ models: [describedAs("c")] });
    expect(await (await fake(`${ROOT}/models/b`)).json()).toEqual(describedAs("b"));
    expect((await fake(`${ROOT}/models/nope`)).status).toBe(404);
    expect((await fake(`${ROOT}/models?pageSize=many`)).status).toBe(400);
    expect((await fake(`${ROOT}/models?pageToken=made-up`)).status).toBe(400);
  });

  test("are at most fifty a page where nobody says how many", async () => {
    const models = Array.from({ length: 60 }, (_, at) => `m${at}`);
    const sizeOf = async (query: string) =>
      (await (await createFakeGemini({ models })(`${ROOT}/models${query}`)).json()).models.length;
    expect([await sizeOf(""), await sizeOf("?pageSize=0"), await sizeOf("?pageSize=1000")]).toEqual([50, 50, 60]);
  });

  test("are vectors of the wanted length, one by one and in batches", async () => {
    const fake = createFakeGemini({ models: [{ id: "e", embeds: true, dimensions: 4 }] });
    const content = (text: string) => ({ content: { parts: [{ text }] } });
    const one = await (await post(fake, "e:embedContent", content("a"))).json();
    expect(one.embedding.values).toHaveLength(4);
    const many = await (
      await post(fake, "e:batchEmbedContents", {
        requests: [content("b"), { ...content("a"), outputDimensionality: 2 }],
      })
    ).json();
    expect(many.embeddings.map(({ values }: { values: number[] }) => values.length)).toEqual([4, 2]);
    expect(many.embeddings[0].values).not.toEqual(one.embedding.values);
  });
});

test("every request is remembered", async () => {
  const fake = createFakeGemini();
  await generate(fake, { generationConfig: { temperature: 0.5 } });
  expect(fake.requests).toMatchObject([
    {
      method: "POST",
      path: "/v1beta/models/gemini-2.5-flash:generateContent",
      body: { generationConfig: { temperature: 0.5 } },
    },
  ]);
});
