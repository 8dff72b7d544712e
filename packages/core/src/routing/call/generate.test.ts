import { type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "../../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { Backend } from "../../model/backend.ts";
import { embed } from "./embed.ts";
import { type GenerateOptions, generate } from "./generate.ts";
import type { RoutedCall } from "./journey.ts";
import type { ModelRequest } from "./model-request.ts";

const schema = { type: "object", properties: { answer: { type: "integer" } } };

function ask(
  backends: readonly Backend[],
  request: Partial<ModelRequest> = {},
  options: Partial<GenerateOptions> = {},
) {
  const parts = routingParts(backends);
  const prompt: ModelRequest["prompt"] = [{ role: "user", content: [{ type: "text", text: "Hi" }] }];
  const surroundings = { triesLeft: 3, signal: new AbortController().signal, onRouted: () => {} };
  return generate(parts, { wanted: wanted(), prompt, sampling: {}, ...request }, { ...surroundings, ...options });
}

function backendOf(settings: ScriptedBackendSettings & { readonly structured?: boolean; readonly streams?: boolean }) {
  const { structured, streams, ...rest } = settings;
  const capabilities = {
    ...(structured !== undefined && { structuredOutput: structured }),
    ...(streams !== undefined && { stream: streams }),
  };
  return scriptedBackend({ models: [{ id: "m", capabilities }], ...rest });
}

test("passes every option on that was given, and none that was not", async () => {
  const backend = backendOf({ replies: ["one", "two"] });
  const sampling = {
    temperature: 0.5,
    maxTokens: 9,
    topP: 0.8,
    stop: ["END"],
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
  };
  const tools = [{ type: "function" as const, name: "find", inputSchema: { type: "object" as const } }];
  await ask([backend], { sampling, tools, toolChoice: { type: "required" } });
  await ask([backend], { tools: [] });
  const [full, bare] = backend.calls.map((call) => Object.keys(call.options).sort());
  expect(backend.calls[0]?.options).toMatchObject({
    temperature: 0.5,
    maxOutputTokens: 9,
    topP: 0.8,
    stopSequences: ["END"],
    seed: 7,
    presencePenalty: 0.1,
    frequencyPenalty: 0.2,
    tools,
    toolChoice: { type: "required" },
  });
  expect(full).toHaveLength(11);
  expect(bare).toEqual(["abortSignal", "prompt"]);
});

describe("a shape of the answer", () => {
  const preferredFormat = { name: "number", schema };

  test("is asked for only of a model that is known to obey one, and the record says where it was left out", async () => {
    for (const structured of [true, false, undefined]) {
      const backend = backendOf({ replies: ["x"], ...(structured !== undefined && { structured }) });
      const routed: RoutedCall[] = [];
      await ask([backend], { preferredFormat }, { onRouted: (call) => routed.push(call) });
      const expected = structured === true ? { type: "json", name: "number", schema } : undefined;
      expect(backend.calls[0]).toMatchObject({ responseFormat: expected });
      expect(routed[0]?.route.tried[0]?.formatLeftOut).toBe(structured === true ? undefined : true);
    }
  });

  test("is a copy, which a provider may change", async () => {
    const backend = backendOf({
      structured: true,
      replies: (call) => {
        if (call.kind === "embed" || call.responseFormat?.type !== "json") return "";
        Object.assign(call.responseFormat.schema ?? {}, { type: "string" });
        return "x";
      },
    });
    await ask([backend], { preferredFormat });
    expect(schema.type).toBe("object");
  });
});

describe("an answer that is none", () => {
  test.each([
    ["nothing at all", { text: "" }, "the model answered nothing (it stopped because of: stop)"],
    ["only reasoning", { reasoning: "hm", finishReason: "length" as const }, "(it stopped because of: length)"],
    [
      "one that ended with an error",
      { text: "Hel", finishReason: "error" as const },
      "the model ended its answer with an error",
    ],
  ])("(%s) is a failure of the model, and the next is asked", async (_name, reply, message) => {
    const first = backendOf({ id: "a", replies: [reply] });
    expect(await errorOf(ask([first]))).toMatchObject({
      code: "reply_invalid",
      failure: "reply",
      message: expect.stringContaining(message),
    });
    first.reply(reply);
    const { text } = await ask([first, backendOf({ id: "b", replies: ["fine"] })]);
    expect(text).toBe("fine");
  });

  test("is nobody else's to give where a filter kept it back", async () => {
    const [first, second] = [
      backendOf({ id: "a", replies: [{ text: "", finishReason: "content-filter" }] }),
      backendOf({ id: "b", replies: ["fine"] }),
    ];
    expect(await errorOf(ask([first, second]))).toMatchObject({
      failure: "bad_request",
      reason: "content_filter",
      details: { backend: "a", model: "m" },
    });
    expect(second.calls).toEqual([]);
  });

  test("does not include one that only calls tools", async () => {
    const reply = await ask([backendOf({ replies: [{ toolCalls: [{ name: "find", args: { q: 1 } }] }] })]);
    expect(reply).toMatchObject({ text: "", finishReason: "tool-calls", toolCalls: [{ function: { name: "find" } }] });
  });
});

describe("with a reader of the text", () => {
  test("the model streams, unless it is known that it cannot", async () => {
    const [streams, whole] = [backendOf({ replies: ["one two"] }), backendOf({ replies: ["one two"], streams: false })];
    const seen: string[][] = [];
    for (const backend of [streams, whole]) {
      const pieces: string[] = [];
      seen.push(pieces);
      expect((await ask([backend], {}, { onText: (text) => pieces.push(text) })).text).toBe("one two");
    }
    expect(seen).toEqual([["one", " two"], ["one two"]]);
    expect([streams.calls[0]?.kind, whole.calls[0]?.kind]).toEqual(["stream", "generate"]);
  });

  test("the next model starts anew where nobody has a piece yet", async () => {
    const broken = backendOf({ id: "a", replies: [{ text: "one two", error: { status: 500, afterChunks: 1 } }] });
    let text = "";
    const reply = await ask(
      [broken, backendOf({ id: "b", replies: ["fine"] })],
      {},
      {
        onText: (piece) => {
          text += piece;
        },
        onStart: () => {
          text = "";
        },
        isDelivered: () => false,
      },
    );
    expect([reply.text, text]).toEqual(["fine", "fine"]);
  });

  test("no other model goes on where somebody has", async () => {
    const broken = backendOf({ id: "a", replies: [{ text: "one two", error: { status: 500, afterChunks: 1 } }] });
    const next = backendOf({ id: "b" });
    await errorOf(ask([broken, next], {}, { onText: () => {}, isDelivered: () => true }));
    expect(next.calls).toEqual([]);
  });
});

test("a provider whose stream is none is told so in words", async () => {
  const scripted = backendOf({});
  // Safe: the point is a provider that is not written in TypeScript.
  const doStream = async () => ({}) as never;
  const backend: Backend = { ...scripted, languageModel: (id) => ({ ...scripted.languageModel(id), doStream }) };
  expect(await errorOf(ask([backend], {}, { onText: () => {} }))).toMatchObject({
    code: "reply_invalid",
    message: expect.stringContaining("the provider was to answer with a stream, and it is missing"),
  });
});

test("without a reader nothing streams", async () => {
  const backend = backendOf({ replies: ["x"] });
  await ask([backend]);
  backend.expectCalls([{ kind: "generate" }]);
});

describe("embed", () => {
  const vectorOf = (backends: readonly Backend[]) => {
    const parts = routingParts(backends);
    const options = { triesLeft: 3, signal: new AbortController().signal, onRouted: () => {} };
    return embed(parts, wanted({ kind: "embed" }), "text", options);
  };

  test("gives the vector and what was counted", async () => {
    const backend = scriptedBackend({ replies: [{ embedding: [1, 2], usage: { inputTokens: 4 } }] });
    expect(await vectorOf([backend])).toEqual({ vector: [1, 2], usage: { inputTokens: 4, outputTokens: undefined } });
    expect(backend.calls).toMatchObject([{ kind: "embed", values: ["text"] }]);
  });

  test("passes on to the next backend where one fails", async () => {
    const broken = scriptedBackend({ id: "a", replies: [{ error: { status: 500 } }] });
    const { vector } = await vectorOf([broken, scriptedBackend({ id: "b", replies: [{ embedding: [1] }] })]);
    expect(vector).toEqual([1]);
  });

  test("fails where the answer has no vector", async () => {
    const backend = scriptedBackend();
    const embeddingModel = (id: string) => ({
      ...backend.embeddingModel(id),
      doEmbed: async () => ({ embeddings: [], warnings: [] }),
    });
    expect(await errorOf(vectorOf([{ ...backend, embeddingModel }]))).toMatchObject({
      failure: "reply",
      message: "scripted on scripted answered without a vector",
    });
  });
});
