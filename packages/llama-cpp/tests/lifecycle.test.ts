import type { LanguageModelStreamPart } from "@catenary/core";
import { expect, test, vi } from "vitest";
import { rejection, textOf } from "../../testing/src/describe-backend/calls.ts";
import { llamaCpp } from "../src/llama-cpp.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

const short = () => scriptedFile({ script: ["Good", " day."] });
const endless = () => scriptedFile({ script: ["on", " and", " so"], isEndless: true, contextLength: 4096 });
const left = new DOMException("the user left", "AbortError");

const isLoaded = async (backend: ReturnType<typeof openBackend>) => (await backend.listModels())[0]?.loaded;

await describeLlama("the life of a model in the process", () => {
  test("a hundred prompts at once are all answered, in their order, and no more at a time than there are places", {
    timeout: 60_000,
  }, async () => {
    const sequences = 2;
    const model = openBackend({ m: short() }, { sequences }).languageModel("m");
    const started: number[] = [];
    let now = 0;
    let most = 0;
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, number) => {
        const { stream } = await model.doStream(ask(`Greet guest ${number}.`));
        started.push(number);
        now += 1;
        most = Math.max(most, now);
        let text = "";
        for await (const part of stream) {
          if (part.type === "text-delta") text += part.delta;
          // The place is given back with the last part, and the next call has it before this one reads that.
          if (part.type === "text-end") now -= 1;
        }
        return text;
      }),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, () => "Good day."));
    expect(started).toEqual([...started].sort((one, other) => one - other));
    expect(most).toBeLessThanOrEqual(sequences);
  });

  test("calls of several models at once are answered while the number of threads follows the free cores", {
    timeout: 60_000,
  }, async () => {
    const backend = llamaCpp({ models: { one: short(), other: endless() }, gpu: false, sequences: 2 });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, number) =>
        backend
          .languageModel(number % 2 === 0 ? "one" : "other")
          .doGenerate(ask(`Number ${number}.`, { maxOutputTokens: 12 })),
      ),
    );
    for (const answer of answers) expect(textOf(answer)).not.toBe("");
    await backend.close();
  });

  test("an abort between two tokens gives the place to who waits", async () => {
    const model = openBackend({ m: endless() }).languageModel("m");
    const controller = new AbortController();
    const { stream } = await model.doStream(ask("Go on.", { maxOutputTokens: 4000, abortSignal: controller.signal }));
    const waiting = model.doGenerate(ask("And me?", { maxOutputTokens: 4 }));
    const reader = stream.getReader();
    for (let part = await reader.read(); part.value?.type !== "text-delta"; ) part = await reader.read();
    controller.abort(left);
    expect(textOf(await waiting)).not.toBe("");
    expect(await rejection(readAll(reader))).toBe(left);
  });

  test("an abort while the prompt is read ends the call before its first word", async () => {
    const model = openBackend({ m: endless() }).languageModel("m");
    const controller = new AbortController();
    const { stream } = await model.doStream(ask("word ".repeat(700), { abortSignal: controller.signal }));
    const waiting = model.doGenerate(ask("And me?", { maxOutputTokens: 4 }));
    controller.abort(left);
    const seen: string[] = [];
    expect(await rejection(readAll(stream.getReader(), (part) => seen.push(part.type)))).toBe(left);
    expect(seen).not.toContain("text-delta");
    expect(textOf(await waiting)).not.toBe("");
  });

  test("who is aborted while waiting leaves the line, and those behind move up", async () => {
    const model = openBackend({ m: short() }).languageModel("m");
    const controller = new AbortController();
    const first = model.doGenerate(ask("One."));
    const second = rejection(model.doGenerate(ask("Two.", { abortSignal: controller.signal })));
    const third = model.doGenerate(ask("Three."));
    controller.abort(left);
    expect(await second).toBe(left);
    expect(textOf(await first)).toBe("Good day.");
    expect(textOf(await third)).toBe("Good day.");
  });

  test("a prompt that begins like the one before is read from where they differ", async () => {
    const model = openBackend({ m: short() }).languageModel("m");
    const first = await model.doGenerate(ask("Tell me of the sea."));
    const { usage } = await model.doGenerate(ask("Tell me of the seaside."));
    const same = await model.doGenerate(ask("Tell me of the seaside."));
    expect(first.usage.inputTokens.cacheRead).toBe(0);
    expect(usage.inputTokens.cacheRead).toBeGreaterThan(20);
    // The last token is always read, because what follows it is asked for.
    expect(same.usage.inputTokens.noCache).toBe(1);
    expect(textOf(same)).toBe(textOf(first));
  });

  test("a model nobody uses is given up, and loaded again by the next call", async () => {
    const backend = openBackend({ m: short() }, { idleMs: 0 });
    const model = backend.languageModel("m");
    expect(await isLoaded(backend)).toBe(false);
    expect(textOf(await model.doGenerate(ask("Hello.")))).toBe("Good day.");
    await vi.waitFor(async () => expect(await isLoaded(backend)).toBe(false));
    expect(textOf(await model.doGenerate(ask("Hello.")))).toBe("Good day.");
  });

  test("a model in use is kept, however short the time", async () => {
    const backend = openBackend({ m: endless() }, { idleMs: 0 });
    const { stream } = await backend.languageModel("m").doStream(ask("Go on.", { maxOutputTokens: 200 }));
    const reader = stream.getReader();
    await reader.read();
    expect(await isLoaded(backend)).toBe(true);
    await readAll(reader);
  });

  test("two backends share one file in memory, and one that closes leaves it to the other", async () => {
    const [one, other] = [openBackend({ a: short() }), openBackend({ b: short() })];
    expect(textOf(await one.languageModel("a").doGenerate(ask("Hello.")))).toBe("Good day.");
    expect(textOf(await other.languageModel("b").doGenerate(ask("Hello.")))).toBe("Good day.");
    await one.close();
    expect(textOf(await other.languageModel("b").doGenerate(ask("Hello again.")))).toBe("Good day.");
  });

  test("closing ends the calls that run and wait, frees the model, and refuses the next", async () => {
    const backend = openBackend({ m: endless() });
    const model = backend.languageModel("m");
    const running = rejection(model.doGenerate(ask("Go on.", { maxOutputTokens: 4000 })));
    const waiting = rejection(model.doGenerate(ask("And me?")));
    await vi.waitFor(async () => expect(await isLoaded(backend)).toBe(true));
    await backend.close();
    for (const error of [await running, await waiting, await rejection(model.doGenerate(ask("And now?")))]) {
      expect(error).toMatchObject({ code: "backend_closed", failure: "cancelled" });
    }
    expect(await rejection(backend.listModels())).toMatchObject({ code: "backend_closed" });
  });

  test("two who close at once both come to an end", async () => {
    const backend = openBackend({ m: endless() });
    const running = rejection(backend.languageModel("m").doGenerate(ask("Go on.", { maxOutputTokens: 4000 })));
    await vi.waitFor(async () => expect(await isLoaded(backend)).toBe(true));
    await Promise.all([backend.close(), backend.close()]);
    expect(await running).toMatchObject({ code: "backend_closed" });
  });

  test("a stream that is ended from elsewhere says so in its last part", async () => {
    const backend = openBackend({ m: endless() });
    const { stream } = await backend.languageModel("m").doStream(ask("Go on.", { maxOutputTokens: 4000 }));
    const reader = stream.getReader();
    for (let part = await reader.read(); part.value?.type !== "text-delta"; ) part = await reader.read();
    const closing = backend.close();
    const parts: LanguageModelStreamPart[] = [];
    await readAll(reader, (part) => parts.push(part));
    await closing;
    expect(parts.at(-1)).toMatchObject({ type: "error", error: { code: "backend_closed" } });
  });

  test("a source is asked once for all calls that wait, and its fetching stops when nobody waits any longer", async () => {
    const asked: AbortSignal[] = [];
    const file = Promise.withResolvers<string>();
    const backend = openBackend({
      m({ signal }) {
        if (signal !== undefined) asked.push(signal);
        return asked.length === 1 ? new Promise<string>(() => {}) : file.promise;
      },
    });
    const model = backend.languageModel("m");
    const controller = new AbortController();
    const calls = [1, 2].map(() => rejection(model.doGenerate(ask("Hello.", { abortSignal: controller.signal }))));
    expect(asked).toHaveLength(1);
    controller.abort(left);
    expect(await Promise.all(calls)).toEqual([left, left]);
    expect(asked[0]?.aborted).toBe(true);

    const again = model.doGenerate(ask("Hello."));
    file.resolve(short());
    expect(textOf(await again)).toBe("Good day.");
    expect(asked).toHaveLength(2);
  });
});

test("a pull and the calls that wait for the same file have one run of its source, and closing ends them", async () => {
  let runs = 0;
  const backend = openBackend({
    m() {
      runs += 1;
      return new Promise<string>(() => {});
    },
  });
  const waiting = [
    rejection(backend.languageModel("m").doGenerate(ask("Hello."))),
    rejection(backend.pullModel("m")),
    rejection(backend.pullModel("m")),
  ];
  await backend.close();
  for (const error of await Promise.all(waiting)) expect(error).toMatchObject({ code: "backend_closed" });
  expect(await rejection(backend.pullModel("m"))).toMatchObject({ code: "backend_closed" });
  expect(await rejection(backend.listModels())).toMatchObject({ code: "backend_closed" });
  expect(runs).toBe(1);
});

type Reader = ReadableStreamDefaultReader<LanguageModelStreamPart>;

async function readAll(reader: Reader, onPart: (part: LanguageModelStreamPart) => void = () => {}): Promise<void> {
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    onPart(value);
  }
}
