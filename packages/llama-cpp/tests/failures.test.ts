import { writeFileSync } from "node:fs";
import type { LanguageModelCallOptions } from "@catenary/core";
import { expect, test } from "vitest";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { llamaCpp } from "../src/llama-cpp.ts";
import { llamaCppOn } from "../src/llama-cpp-on.ts";
import { THIS_MACHINE } from "../src/read-settings.ts";
import type { LlamaSettings } from "../src/settings.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { fixturePath, scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";
import { scriptedModel } from "./fixtures/scripted-model.ts";

const file = (name: string, contents: string | Uint8Array) => {
  const path = fixturePath(name);
  writeFileSync(path, contents);
  return path;
};

const errorOf = (path: string) => rejection(openBackend({ m: path }).languageModel("m").doGenerate(ask("Hello.")));

test.each([
  [
    "a file that is not there",
    () => fixturePath("nowhere.gguf"),
    /there is no file at .*nowhere\.gguf: put the model's/,
  ],
  ["a folder", () => fixturePath("."), /cannot be read .*: give the path of a GGUF file/],
  ["an empty file", () => file("empty.gguf", ""), /is not a GGUF file: it is empty/],
  ["a page of an error", () => file("page.gguf", "<html>Not found"), /it begins with "<htm", not with GGUF/],
])("%s is refused before anything is loaded", async (_, path, message) => {
  const error = await errorOf(path());
  expect(error).toMatchObject({ failure: "unavailable", details: { backend: "llama-cpp", model: "m" } });
  expect(String(error)).toMatch(message);
});

test("a source that fails is named as what failed, and not llama.cpp", async () => {
  const source = () => Promise.reject(new Error("boom"));
  const error = await rejection(openBackend({ m: source }).languageModel("m").doGenerate(ask("Hello.")));
  expect(error).toMatchObject({ failure: "unavailable" });
  expect(String(error)).toContain("the source of model m on llama-cpp failed: boom");
});

test.each([
  [{ modells: {} }, /has no setting `modells`.*models/],
  [{ models: {} }, /expects `models`, the GGUF files by name/],
  [{ models: { m: "" } }, /expects `models\["m"\]` to be the path of a GGUF file/],
  [{ models: { m: { file: "x" } } }, /has no setting `file`/],
  [{ models: { m: { path: "x", contextLength: 0 } } }, /`models\["m"\]\.contextLength` to be a whole number above 0/],
  [{ models: { m: "x" }, sequences: 1.5 }, /`sequences` to be a whole number above 0; got 1\.5/],
  [{ models: { m: "x" }, sequences: 257 }, /`sequences` to be at most 256.*; got 257/],
  [{ models: { m: "x" }, threads: 0 }, /`threads` to be a whole number above 0/],
  [{ models: { m: "x" }, idleMs: -1 }, /`idleMs` to be milliseconds, or Infinity; got -1/],
  [{ models: { m: "x" }, maxTokens: 0 }, /`maxTokens` to be a whole number above 0; got 0/],
  [{ models: { m: "x" }, idleMs: "5" }, /`idleMs` to be milliseconds, or Infinity; got "5"/],
  [{ models: { m: "x" }, sequences: "2" }, /`sequences` to be a whole number above 0; got "2"/],
  [{ models: { m: "x" }, gpu: "cpu" }, /`gpu` to be one of "auto", "metal", "cuda", "vulkan", false.*; got "cpu"/],
  [{ models: ["x.gguf"] }, /expects `models`, the GGUF files by name/],
  [{ models: { "": "x" } }, /one of them has an empty name/],
  [{ models: { m: "x" }, id: 5 }, /expects `id` to be a text that is not empty; got 5/],
  [{ models: { m: "x" }, name: 5 }, /expects `name` to be a text; got 5/],
  [{ models: { m: { path: "x", capabilities: { embedd: true } } } }, /`models\["m"\].capabilities` with .*embedd/],
  [{ models: { m: { path: "x", capabilities: { embed: "yes" } } } }, /capabilities.embed` to be true or false; got/],
  [{ models: { m: "x" }, gpu: [] }, /got an object/],
  [{ models: { m: null } }, /models\["m"\] of llamaCpp\(\)/],
  [undefined, /llamaCpp\(\)/],
  [{ models: { m: "x" }, routing: { concurrency: -1 } }, /concurrency/],
])("settings that cannot be are refused: %j", (settings, message) => {
  // Safe here: that it is none is what is tested.
  const open = () => llamaCpp(settings as never);
  expect(open).toThrow(message);
  expect(open).toThrow(expect.objectContaining({ code: "settings_invalid" }));
});

test("without node-llama-cpp everything that needs it says what to install, and what does not works", async () => {
  const missing = Object.assign(new Error("Cannot find package 'node-llama-cpp'"), { code: "ERR_MODULE_NOT_FOUND" });
  const machine = { ...THIS_MACHINE, load: () => Promise.reject(missing), platform: { os: "darwin", cpu: "arm64" } };
  const backend = llamaCppOn(machine, { models: { m: scriptedFile({ script: ["hi"] }) } });
  const command = "npm install --omit=optional node-llama-cpp @node-llama-cpp/mac-arm64-metal";
  const calls = [
    backend.languageModel("m").doGenerate(ask("Hello.")),
    backend.languageModel("m").doStream(ask("Hello.")),
    backend.embeddingModel("m").doEmbed({ values: ["hello"] }),
    backend.listModels(),
    backend.tokens.count("hello", "m"),
  ];
  for (const error of await Promise.all(calls.map((call) => rejection(Promise.resolve(call))))) {
    expect(error).toMatchObject({ code: "runtime_missing", failure: "unavailable" });
    expect(String(error)).toContain(command);
  }
  expect(await backend.tokens.count("hello there", "another")).toBeGreaterThan(0);
  await backend.close();
});

await describeLlama("files that llama.cpp cannot use", () => {
  test("a file that was cut is refused, in its metadata and in its tensors", async () => {
    const whole = scriptedModel({ script: ["hi"] });
    const early = await errorOf(file("cut-early.gguf", whole.subarray(0, 300)));
    expect(String(early)).toMatch(/cut-early\.gguf is not a whole GGUF file: it has 300 bytes, too few for .*Fetch it/);
    expect(early).toMatchObject({ failure: "unavailable" });
    const late = await errorOf(file("cut-late.gguf", whole.subarray(0, whole.length - 100_000)));
    expect(String(late)).toMatch(
      /cut-late\.gguf is not a whole GGUF file: it has \d+ bytes, and its tensors end at \d+: it is cut/,
    );
    expect(late).toMatchObject({ failure: "unavailable" });
  });

  test("one file that is broken takes nothing from the models beside it", async () => {
    const broken = file("counts.gguf", `GGUF\u0003\0\0\0${"a".repeat(18)}`);
    const failing = Object.assign(() => "", { existing: () => Promise.reject(new Error("no disk")) });
    const backend = openBackend({
      broken,
      failing,
      none: fixturePath("none.gguf"),
      m: scriptedFile({ script: ["hi"] }),
    });
    const listed = await backend.listModels();
    expect(listed.map(({ id, size }) => [id, size !== undefined])).toEqual([
      ["broken", false],
      ["failing", false],
      ["none", false],
      ["m", true],
    ]);
    const error = await rejection(backend.languageModel("broken").doGenerate(ask("Hello.")));
    expect(String(error)).toMatch(
      /counts\.gguf is not a whole GGUF file: it has 26 bytes, too few for .*Fetch it again/,
    );
  });

  test("a file that would end the process is refused: one with a token twice", async () => {
    const error = await errorOf(file("twice.gguf", scriptedModel({ script: ["hi", "ho", "hi"] })));
    expect(String(error)).toMatch(/has the token "hi" twice/);
  });

  test("what would not fit into memory is refused before it is loaded", async () => {
    const machine = { ...THIS_MACHINE, available: () => 1_000_000 };
    const backend = llamaCppOn(machine, { models: { m: scriptedFile({ script: ["hi"] }) }, gpu: false });
    const error = await rejection(backend.languageModel("m").doGenerate(ask("Hello.")));
    expect(String(error)).toMatch(
      /not enough memory for .* with 512 tokens of context: it takes about 6 MB, and 1 MB are free/,
    );
    expect(error).toMatchObject({ failure: "unavailable" });
    await backend.close();
  });

  test("a graphics card that no package computes with is refused", async () => {
    const backend = llamaCpp({ models: { m: scriptedFile({ script: ["hi"] }) }, gpu: "cuda" });
    const error = await rejection(backend.languageModel("m").doGenerate(ask("Hello.")));
    expect(error).toMatchObject({ code: "runtime_missing" });
    expect(String(error)).toMatch(/no binary here that computes with cuda/);
    await backend.close();
  });
});

await describeLlama("calls that a model cannot take", () => {
  const model = () => openBackend({ m: scriptedFile({ script: ["hi"] }) }).languageModel("m");

  test("a conversation that is longer than the context is refused, with both numbers", async () => {
    const error = await rejection(model().doStream(ask("word ".repeat(200))));
    expect(error).toMatchObject({ failure: "bad_request", reason: "context_length", status: 400 });
    expect(String(error)).toMatch(/has \d{4} tokens, and the context of m on llama-cpp holds 512 with the answer/);
  });

  test("an answer ends where the context does", async () => {
    const endless = openBackend({ m: scriptedFile({ script: ["on", " and"], isEndless: true }) }).languageModel("m");
    const { finishReason, usage } = await endless.doGenerate({ ...ask("Go on."), maxOutputTokens: 100_000 });
    expect(finishReason.unified).toBe("length");
    const { inputTokens, outputTokens } = usage;
    expect((inputTokens.total ?? 0) + (outputTokens.total ?? 0)).toBe(511);
  });

  test("an answer for which nobody says how long it may be ends with the backend's limit, and with 1024 tokens by itself", async () => {
    const m = scriptedFile({ script: ["on", " and"], isEndless: true, contextLength: 2048 });
    const written = async (more: Partial<LlamaSettings>, asked: Partial<LanguageModelCallOptions> = {}) => {
      const call = { prompt: ask("Go on.").prompt, temperature: 0, ...asked };
      const { finishReason, usage } = await openBackend({ m }, more).languageModel("m").doGenerate(call);
      expect(finishReason.unified).toBe("length");
      return usage.outputTokens.total;
    };
    expect(await written({ maxTokens: 12 })).toBe(12);
    expect(await written({ maxTokens: 12 }, { maxOutputTokens: 20 })).toBe(20);
    expect(await written({})).toBe(1024);
    expect(await written({ maxTokens: Number.POSITIVE_INFINITY })).toBeGreaterThan(1900);
  });

  test("an image is refused instead of dropped", async () => {
    const image = {
      type: "file" as const,
      mediaType: "image/png",
      data: { type: "data" as const, data: new Uint8Array(4) },
    };
    const error = await rejection(model().doGenerate({ prompt: [{ role: "user", content: [image] }] }));
    expect(error).toMatchObject({ failure: "bad_request", status: 400 });
    expect(String(error)).toMatch(/reads only text/);
  });

  test("words of a model that embeds, and vectors of one that writes, are refused unless somebody knows better", async () => {
    const writer = scriptedFile({ script: ["hi"] });
    const reader = scriptedFile({ script: ["hi"], isEmbedding: true });
    const backend = openBackend({ writer, reader, both: { path: writer, capabilities: { embed: true } } });
    const written = await rejection(backend.languageModel("reader").doGenerate(ask("Hello.")));
    expect(String(written)).toMatch(/turns text into vectors and writes no words/);
    const embedded = await rejection(backend.embeddingModel("writer").doEmbed({ values: ["hello"] }));
    expect(String(embedded)).toMatch(/is not made for vectors/);
    for (const error of [written, embedded]) expect(error).toMatchObject({ failure: "bad_request", status: 400 });
    expect((await backend.embeddingModel("both").doEmbed({ values: ["hello"] })).embeddings).toHaveLength(1);
  });

  test("a text that is longer than the context is not embedded", async () => {
    const backend = openBackend({ reader: scriptedFile({ script: ["hi"], isEmbedding: true }) });
    const error = await rejection(backend.embeddingModel("reader").doEmbed({ values: ["hi", "word ".repeat(200)] }));
    expect(error).toMatchObject({ failure: "bad_request", reason: "context_length" });
    expect(String(error)).toMatch(/a text has 1000 tokens, and reader on llama-cpp embeds 510 at once/);
  });

  test("an empty text is not embedded, because it has no vector", async () => {
    const backend = openBackend({ reader: scriptedFile({ script: ["hi"], isEmbedding: true }) });
    const error = await rejection(backend.embeddingModel("reader").doEmbed({ values: ["hi", ""] }));
    expect(error).toMatchObject({ failure: "bad_request", status: 400 });
    expect(String(error)).toMatch(/values\[1\] is an empty text, and reader on llama-cpp makes no vector of nothing/);
  });

  test("a schema that nothing satisfies is refused", async () => {
    const error = await rejection(
      model().doGenerate(ask("Hello.", { responseFormat: { type: "json", schema: { enum: [] } } })),
    );
    expect(error).toMatchObject({ failure: "bad_request", status: 400 });
    expect(String(error)).toMatch(/cannot be held to what was asked for: the schema allows none of the values/);
  });
});
