import { readFileSync } from "node:fs";
import type { Backend, LanguageModelCallOptions } from "@catenary/core";
import { CatenaryError, createRuntime, defineChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { readAll } from "../../../core/tests/fixtures/read-all.ts";
import { ask } from "../../tests/ask.ts";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import type { ScriptedReply } from "../scripted/scripted-reply.ts";
import type { Cassette } from "./cassette.ts";
import { parseCassette, printCassette } from "./cassette-text.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";

/** What a cassette is after it was written and read. */
function stored(cassette: Cassette): Cassette {
  return parseCassette(printCassette(cassette), "test");
}

function recording(...replies: ScriptedReply[]) {
  return recordCassette(scriptedBackend({ id: "lab", replies }));
}

async function textOf(backend: Backend, text: string, more?: Partial<LanguageModelCallOptions>): Promise<unknown> {
  const { content } = await backend.languageModel("m").doGenerate(ask(text, more));
  return content.map((part) => (part.type === "text" ? part.text : part.type)).join();
}

async function errorOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("a replayed cassette", () => {
  test("runs a chain as the real model did that it was recorded from", async () => {
    const triage = defineChain({
      id: "triage",
      tasks: {
        classify: {
          handler: "condition_key",
          promptTemplate: "Is this urgent? Answer urgent or normal.\n\n{{.input}}",
          validConditions: { urgent: true, normal: false },
          next: "reply",
        },
        reply: {
          handler: "raw_string",
          promptTemplate: "Write a short reply to: {{.input}}",
          executeConfig: { stop: ["."] },
        },
      },
    });
    const file = new URL("./fixtures/triage.json", import.meta.url);
    const backend = replayCassette(parseCassette(readFileSync(file, "utf8"), "triage.json"));
    const runtime = createRuntime({ backends: [backend], defaults: { model: "smollm2:135m" } });
    const { output, steps, usage } = await runtime.run(triage, "The site is down!");
    expect(steps.map(({ taskId, outcome }) => [taskId, outcome])).toEqual([
      ["classify", "urgent"],
      ["reply", output],
    ]);
    expect(output).toBe("The site is currently offline due to a technical issue with the server");
    expect(steps[0]).toMatchObject({ model: "smollm2:135m", backend: "ollama", provider: "ollama" });
    expect(usage.outputTokens).toBeGreaterThan(10);
  });

  test("gives back what was answered, in every form", async () => {
    const backend = recording(
      { text: "one", reasoning: "hm", toolCalls: [{ name: "weather", args: { city: "Oslo" } }] },
      { chunks: ["two", " three"] },
      { embedding: [0.5, -1e-7] },
    );
    const live = [
      await backend.languageModel("m").doGenerate(ask("a")),
      await readAll((await backend.languageModel("m").doStream(ask("b"))).stream),
      await backend.embeddingModel?.("m").doEmbed({ values: ["c"] }),
    ];
    const replay = replayCassette(stored(backend.cassette));
    expect([
      await replay.languageModel("m").doGenerate(ask("a")),
      await readAll((await replay.languageModel("m").doStream(ask("b"))).stream),
      await replay.embeddingModel?.("m").doEmbed({ values: ["c"] }),
    ]).toEqual(live);
  });

  test("answers repeated questions in the order of the recording, then as the last time", async () => {
    const backend = recording("one", "two");
    await textOf(backend, "a");
    await textOf(backend, "a");
    const replay = replayCassette(stored(backend.cassette));
    expect([await textOf(replay, "a"), await textOf(replay, "a"), await textOf(replay, "a")]).toEqual([
      "one",
      "two",
      "two",
    ]);
  });

  test("keeps the order of the calls, not of their answers", async () => {
    const slow = Promise.withResolvers<string>();
    const backend = recording(() => slow.promise, "quick");
    const first = textOf(backend, "first");
    await textOf(backend, "second");
    slow.resolve("slow");
    await first;
    expect(backend.cassette.calls.map(({ result }) => result)).toMatchObject([
      { content: [{ text: "slow" }] },
      { content: [{ text: "quick" }] },
    ]);
  });

  test("does not care for the order of fields, signals and headers", async () => {
    const backend = recording("one");
    await textOf(backend, "a", { temperature: 0, seed: 7, headers: { "x-request": "1" } });
    const replay = replayCassette(stored(backend.cassette));
    const { signal } = new AbortController();
    expect(
      await textOf(replay, "a", { seed: 7, temperature: 0, headers: { "x-request": "2" }, abortSignal: signal }),
    ).toBe("one");
  });

  test("lists the models that were listed", async () => {
    const models = [{ id: "m", contextLength: 9, capabilities: { chat: true }, size: 5, digest: "abc" }];
    const backend = recordCassette(scriptedBackend({ models }));
    await backend.listModels();
    const replay = replayCassette(stored(backend.cassette));
    expect(await replay.listModels()).toEqual([{ id: "m", contextLength: 9, capabilities: { chat: true } }]);
  });

  test("lists the models that were called where nobody listed any", async () => {
    const backend = recording("one", { embedding: [1] });
    await textOf(backend, "a");
    await backend.embeddingModel?.("e").doEmbed({ values: ["c"] });
    const replay = replayCassette(stored(backend.cassette));
    expect(await replay.listModels()).toEqual([{ id: "m" }, { id: "e", capabilities: { embed: true } }]);
  });

  test("keeps bytes and addresses of a prompt apart", async () => {
    const file = (data: Uint8Array): LanguageModelCallOptions => ({
      prompt: [{ role: "user", content: [{ type: "file", mediaType: "image/png", data: { type: "data", data } }] }],
    });
    const backend = recording("a", "b");
    await backend.languageModel("m").doGenerate(file(new Uint8Array([1, 2])));
    await backend.languageModel("m").doGenerate(file(new Uint8Array([3])));
    const replay = replayCassette(stored(backend.cassette));
    const { content } = await replay.languageModel("m").doGenerate(file(new Uint8Array([3])));
    expect(content).toEqual([{ type: "text", text: "b" }]);
  });
});

describe("what failed when it was recorded", () => {
  test("fails in the same way, with the status and what the server says about waiting", async () => {
    const backend = recording({ error: { status: 429, message: "slow down", retryAfterMs: 2_000 } }, "fine");
    await errorOf(textOf(backend, "a"));
    await textOf(backend, "a");
    const replay = replayCassette(stored(backend.cassette));
    expect(await errorOf(textOf(replay, "a"))).toMatchObject({
      statusCode: 429,
      message: "slow down",
      isRetryable: true,
      responseHeaders: { "retry-after-ms": "2000" },
    });
    expect(await textOf(replay, "a")).toBe("fine");
  });

  test("keeps the kind of Catenary's own errors, and the code of a broken connection", async () => {
    const failures = [
      new CatenaryError("model_failed", "too late", { failure: "timeout", details: { model: "m" } }),
      new Error("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
    ];
    const backend = recording(
      ...failures.map((failure) => () => {
        throw failure;
      }),
    );
    for (const text of ["a", "b"]) await errorOf(textOf(backend, text));
    const replay = replayCassette(stored(backend.cassette));
    const own = await errorOf(textOf(replay, "a"));
    expect(CatenaryError.isInstance(own)).toBe(true);
    expect(own).toMatchObject({ code: "model_failed", failure: "timeout", details: { model: "m" } });
    expect(await errorOf(textOf(replay, "b"))).toMatchObject({
      message: "fetch failed",
      cause: { code: "ECONNREFUSED" },
    });
  });

  test("breaks a stream at the same place", async () => {
    const backend = recording({ text: "one two three", error: { message: "gone", afterChunks: 2 } });
    await readAll((await backend.languageModel("m").doStream(ask("a"))).stream);
    const replay = replayCassette(stored(backend.cassette));
    const parts = await readAll((await replay.languageModel("m").doStream(ask("a"))).stream);
    expect(parts.filter(({ type }) => type === "text-delta")).toHaveLength(2);
    const failed = parts.find((part) => part.type === "error");
    expect(failed?.error).toMatchObject({ message: "gone" });
  });

  test("waits to be given up where the caller gave up", async () => {
    const backend = recording({ hang: true }, { text: "one two", hang: true });
    const giveUp = async (target: Backend): Promise<readonly unknown[]> => {
      const first = new AbortController();
      const pending = errorOf(target.languageModel("m").doGenerate(ask("a", { abortSignal: first.signal })));
      first.abort("enough");
      const second = new AbortController();
      const { stream } = await target.languageModel("m").doStream(ask("b", { abortSignal: second.signal }));
      const reader = stream.getReader();
      const deltas: string[] = [];
      while (deltas.length < 2) {
        const { value } = await reader.read();
        if (value?.type === "text-delta") deltas.push(value.delta);
      }
      const last = errorOf(reader.read());
      second.abort("and this");
      return [await pending, deltas, await last];
    };
    const live = await giveUp(backend);
    expect(live).toEqual(["enough", ["one", " two"], "and this"]);
    expect(backend.cassette.calls.map(({ aborted }) => aborted)).toEqual([true, true]);
    expect(await giveUp(replayCassette(stored(backend.cassette)))).toEqual(live);
  });

  test("notes a stream whose reader left", async () => {
    const backend = recording({ text: "one two three" });
    const { stream } = await backend.languageModel("m").doStream(ask("a"));
    const reader = stream.getReader();
    await reader.read();
    await reader.cancel("seen enough");
    expect(backend.cassette.calls).toMatchObject([{ aborted: true, parts: [{ type: "stream-start" }] }]);
  });
});

describe("what was never recorded", () => {
  test("is refused with the nearest call, the difference, and what to do", async () => {
    const backend = recording("urgent", "Hello");
    await textOf(backend, "Is this urgent? The site is down!", { temperature: 0 });
    await textOf(backend, "Write a poem", { temperature: 0 });
    const replay = replayCassette(stored(backend.cassette), { name: "triage.json" });
    const error = await errorOf(textOf(replay, "Is this urgent? The shop is down!", { temperature: 0.5 }));
    expect(error).toMatchObject({ code: "cassette_miss", failure: "chain" });
    expect(String(error)).toContain(
      [
        'the cassette triage.json has no answer to this generate of m: "Is this urgent? The shop is down!"',
        'The nearest of its calls is number 1: "Is this urgent? The site is down!"',
        '  prompt[0].content[0].text: recorded "Is this urgent? The site is down!", asked "Is this urgent? The shop is down!"',
        "  temperature: recorded 0, asked 0.5",
        "If the chain was meant to change, record the cassette again",
      ].join("\n"),
    );
  });

  test("is shown around the first difference where it is long", async () => {
    const story = "once upon a time ".repeat(20);
    const backend = recording("one");
    await textOf(backend, `${story}there was a king`);
    const replay = replayCassette(stored(backend.cassette));
    const message = String(await errorOf(textOf(replay, `${story}there was a queen`)));
    expect(message).toContain('recorded "… a time there was a king", asked "… a time there was a queen"');
  });

  test("is refused where another model, or a stream, was asked", async () => {
    const backend = recording("one");
    await textOf(backend, "a");
    const replay = replayCassette(stored(backend.cassette));
    expect(String(await errorOf(replay.languageModel("n").doGenerate(ask("a"))))).toContain(
      'model: recorded "m", asked "n"',
    );
    expect(String(await errorOf(replay.languageModel("m").doStream(ask("a"))))).toContain(
      'kind: recorded "generate", asked "stream"',
    );
  });

  test("is refused by an empty cassette", async () => {
    const replay = replayCassette(stored(recording().cassette));
    expect(String(await errorOf(textOf(replay, "a")))).toContain("It has no calls at all.");
  });

  test("fails a run at once, however often its task would try again", async () => {
    const replay = replayCassette({ ...recording().cassette, models: [{ id: "m" }] });
    const chain = defineChain({
      id: "c",
      tasks: { a: { handler: "raw_string", promptTemplate: "a", retryOnFailure: 5 } },
    });
    const { status, steps } = await createRuntime({ backends: [replay] })
      .start(chain, "x")
      .result();
    expect(status).toBe("failed");
    expect(steps).toHaveLength(1);
  });
});

describe("the text of a cassette", () => {
  test("is the same after it was read, with each list of numbers on one line", async () => {
    const backend = recording({ embedding: [0.5, -1e-7, 3] }, 'a text with "[\n 1,\n 2\n]" in it');
    await backend.embeddingModel?.("m").doEmbed({ values: ["c"] });
    await textOf(backend, "a");
    const text = printCassette(backend.cassette);
    expect(text).toContain("[0.5, -1e-7, 3]");
    expect(printCassette(parseCassette(text, "x"))).toBe(text);
    expect(parseCassette(text, "x")).toEqual(backend.cassette);
  });

  test("is refused where it is no cassette", () => {
    for (const text of [
      "",
      "[]",
      "{}",
      '{"version":2}',
      '{"version":1,"backend":{"id":"a","type":"b"},"models":[],"calls":[1]}',
    ]) {
      expect(() => parseCassette(text, "x.json")).toThrow(/x\.json is to be a cassette/);
    }
  });
});
