import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RunEvent } from "../src/engine/run-event.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { chainOf, type TaskJson, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const RAW: TaskJson = { handler: "raw_string" };
const CONVERSATION = { messages: [{ role: "user", content: "Hi" }] };

function setUp(replies: ScriptedBackendSettings["replies"], more: RuntimeOptions = {}) {
  const clock = createVirtualClock();
  const backend = scriptedBackend({ clock, ...(replies !== undefined && { replies }) });
  const runtime = createRuntime({ backends: [backend], clock, ...more });
  return { clock, backend, runtime };
}

/** Runs a chain, reads its text to the end, and gives both. */
async function streamed(
  tasks: TaskJson | readonly TaskJson[],
  replies: ScriptedBackendSettings["replies"],
  input: unknown = "Hi",
) {
  const { runtime, backend } = setUp(replies);
  const type = typeof input === "string" ? "string" : "chat_history";
  const run = runtime.start(chainOf(tasks, { input: type }), input);
  const pieces = await readAll(run.textStream);
  const result = await run.result();
  const kinds = backend.calls.map(({ kind }) => kind);
  return { pieces, text: pieces.join(""), output: result.status === "ok" ? result.output : undefined, kinds };
}

describe("the text of a run", () => {
  test("comes in the pieces in which the model writes it, and joined it is the output", async () => {
    const { pieces, output, kinds } = await streamed(RAW, ["one two three"]);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("")).toBe("one two three");
    expect(output).toBe("one two three");
    expect(kinds).toEqual(["stream"]);
  });

  test("equals the output however the model cuts it and whatever white space stands around it", async () => {
    const chunk = fc.string({ unit: fc.constantFrom("a", "b", " ", "\n") });
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 8 }), async (chunks) => {
        fc.pre(chunks.join("").trim() !== "");
        const { text, output } = await streamed(RAW, [{ chunks }]);
        expect(text).toBe(output);
      }),
      { numRuns: 40 },
    );
  });

  test("keeps the white space of a conversation's turn, as its message does", async () => {
    const { text, output } = await streamed(
      { handler: "model_execution" },
      [{ chunks: [" \n", "a ", " b", "\n"] }],
      CONVERSATION,
    );
    expect(text).toBe(" \na  b\n");
    expect(output).toMatchObject({ messages: [{}, { content: " \na  b\n" }] });
  });

  test("is empty where the last task writes none, and nothing streams then", async () => {
    const { pieces, kinds } = await streamed({ handler: "parse_number" }, ["7"]);
    expect([pieces, kinds]).toEqual([[], ["generate"]]);
  });
});

describe("which tasks' text it is", () => {
  const first = { id: "first", ...RAW };

  test("a noop after the task passes it on", async () => {
    const { text, kinds } = await streamed(
      [
        { ...first, transition: to("pass") },
        { id: "pass", handler: "noop" },
      ],
      ["one two"],
    );
    expect([text, kinds]).toEqual(["one two", ["stream"]]);
  });

  test("a conversion into OpenAI's answer does too", async () => {
    const turn = { id: "turn", handler: "model_execution", transition: to("convert") };
    const convert = { id: "convert", handler: "convert_to_openai_chat_response" };
    const { text, kinds } = await streamed([turn, convert], ["one two"], CONVERSATION);
    expect([text, kinds]).toEqual(["one two", ["stream"]]);
  });

  test("a noop with a template does not: the output is another text", async () => {
    const noop = { id: "pass", handler: "noop", prompt_template: "{{.first}}!" };
    const { text, output, kinds } = await streamed([{ ...first, transition: to("pass") }, noop], ["one two"]);
    expect([text, output, kinds]).toEqual(["", "one two!", ["generate"]]);
  });

  test("where one of several ways out changes it, it is not", async () => {
    const branches = [
      { operator: "equals", when: "x", goto: "change" },
      { operator: "default", when: "", goto: "end" },
    ];
    const change = { id: "change", handler: "noop", prompt_template: "y" };
    const { text, output } = await streamed([{ ...first, transition: { branches } }, change], ["one two"]);
    expect([text, output]).toEqual(["", "one two"]);
  });

  test("of several tasks in a row only the last one's", async () => {
    const { text, kinds } = await streamed(
      [
        { ...first, transition: to("last") },
        { id: "last", ...RAW },
      ],
      ["one", "two"],
    );
    expect([text, kinds]).toEqual(["two", ["generate", "stream"]]);
  });

  test("one in the middle that says `stream` is part of it, one at the end that says not is not", async () => {
    const middle = { ...first, stream: true, transition: to("last") };
    const last = { id: "last", ...RAW, stream: false };
    expect((await streamed([middle, { ...last, stream: true }], ["one ", "two"])).text).toBe("onetwo");
    expect((await streamed([middle, last], ["one", "two"])).text).toBe("one");
  });

  test("is read although the model cannot stream: in one piece", async () => {
    const backend = scriptedBackend({ models: [{ id: "m", capabilities: { stream: false } }], replies: [" one two "] });
    const runtime = createRuntime({ backends: [backend] });
    const run = runtime.start(chainOf(RAW), "Hi");
    expect(await readAll(run.textStream)).toEqual(["one two"]);
    backend.expectCalls([{ kind: "generate" }]);
  });
});

describe("readers", () => {
  test("that are two get the same text", async () => {
    const { runtime } = setUp(["one two three"]);
    const run = runtime.start(chainOf(RAW), "Hi");
    const [a, b] = await Promise.all([readAll(run.textStream), readAll(run.textStream)]);
    expect([a.join(""), b.join("")]).toEqual(["one two three", "one two three"]);
  });

  test("that come late get it from the beginning, also after the end", async () => {
    const { runtime, clock } = setUp([{ text: "one two three", chunkDelayMs: 10 }]);
    const run = runtime.start(chainOf(RAW), "Hi");
    const early = readAll(run.textStream);
    await clock.advance(10);
    const late = readAll(run.textStream);
    await clock.runAll();
    expect([(await early).join(""), (await late).join("")]).toEqual(["one two three", "one two three"]);
    await run.result();
    expect(await readAll(run.textStream)).toEqual(["one two three"]);
  });

  test("that are slow hold nobody up and lose nothing", async () => {
    const words = Array.from({ length: 5_000 }, (_, at) => `w${at} `)
      .join("")
      .trim();
    const { runtime } = setUp([words]);
    const run = runtime.start(chainOf(RAW), "Hi");
    const reader = run.textStream[Symbol.asyncIterator]();
    let text = (await reader.next()).value ?? "";
    expect(await run.result()).toMatchObject({ status: "ok", output: words });
    let pieces = 1;
    for (let next = await reader.next(); !next.done; next = await reader.next()) {
      text += next.value;
      pieces++;
    }
    expect(text).toBe(words);
    expect(pieces).toBeLessThan(10);
  });

  test("that leave do not stop the run", async () => {
    const { runtime } = setUp(["one two three"]);
    const run = runtime.start(chainOf(RAW), "Hi");
    for await (const piece of run.textStream) {
      expect(piece).toBe("one");
      break;
    }
    expect(await run.result()).toMatchObject({ status: "ok", output: "one two three" });
  });

  test("that leave while nothing comes are let go at once", async () => {
    const { runtime, clock } = setUp([{ hang: true }]);
    const run = runtime.start(chainOf(RAW), "Hi");
    const reader = run.textStream[Symbol.asyncIterator]();
    const read = reader.next();
    await clock.advance(0);
    await reader.return?.();
    expect(await read).toEqual({ done: true, value: undefined });
    run.cancel();
    expect(await run.result()).toMatchObject({ status: "cancelled" });
  });

  test("get the run's failure after the text that came before it", async () => {
    const { runtime } = setUp([{ text: "one two", error: { status: 500, afterChunks: 1 } }]);
    const run = runtime.start(chainOf(RAW), "Hi");
    const seen: string[] = [];
    const reading = (async () => {
      for await (const piece of run.textStream) seen.push(piece);
    })();
    expect(await errorOf(reading)).toMatchObject({ code: "task_failed", failure: "server_error" });
    expect(seen).toEqual(["one"]);
  });

  test("that are none cost nothing: the model does not stream", async () => {
    const { runtime, backend } = setUp(["one two"]);
    await runtime.run(chainOf(RAW), "Hi");
    const run = runtime.start(chainOf(RAW), "Hi");
    await readAll(run.events({ deltas: false }));
    backend.expectCalls([{ kind: "generate" }, { kind: "generate" }]);
  });
});

describe("step_delta", () => {
  test("comes to listeners of the runtime, for every task that writes text, and makes models stream", async () => {
    const { runtime, backend } = setUp(["one two", "three"]);
    const seen: string[] = [];
    const stop = runtime.on("step_delta", ({ taskId, key, attempt, text }) =>
      seen.push(`${taskId} ${key} ${attempt} ${text}`),
    );
    await runtime.run(
      chainOf([
        { id: "a", ...RAW, transition: to("b") },
        { id: "b", ...RAW },
      ]),
      "Hi",
    );
    expect(seen).toEqual(["a a#1 1 one", "a a#1 1  two", "b b#1 1 three"]);
    stop();
    await runtime.run(chainOf(RAW), "Hi");
    expect(backend.calls.map(({ kind }) => kind)).toEqual(["stream", "stream", "generate"]);
  });

  test("stands among the events where it belongs, with the place of the event before it", async () => {
    const { runtime } = setUp(["one two"]);
    const events = await readAll(runtime.start(chainOf(RAW), "Hi").events());
    expect(events.map(({ kind, seq }) => `${seq} ${kind}`)).toEqual([
      "0 run_started",
      "1 step_started",
      "1 step_delta",
      "1 step_delta",
      "2 step_completed",
      "3 run_completed",
    ]);
  });
});

describe("an attempt that fails in the middle of its text", () => {
  const broken = { text: "one two", error: { status: 500, afterChunks: 1 } };
  const retried = { ...RAW, retry_on_failure: 2 };

  const eventsOf = async (task: TaskJson, replies: ScriptedBackendSettings["replies"]) => {
    const { runtime } = setUp(replies);
    const run = runtime.start(chainOf(task), "Hi");
    const events = await readAll(run.events());
    return { events, result: await run.result() };
  };
  const textIn = (events: readonly RunEvent[]) => {
    let text = "";
    for (const event of events) {
      if (event.kind === "step_reset") text = "";
      if (event.kind === "step_delta") text += event.text;
    }
    return text;
  };

  test("is not made again once a reader has a piece", async () => {
    const { events, result } = await eventsOf(retried, [broken, "fine"]);
    expect(result).toMatchObject({ status: "failed", steps: [{ attempt: 1 }] });
    expect(events.filter(({ kind }) => kind === "step_retrying")).toEqual([]);
  });

  test("is made again where it had delivered nothing, and nobody notices", async () => {
    const { events, result } = await eventsOf(retried, [{ error: { status: 500 } }, "fine"]);
    expect(result).toMatchObject({ status: "ok", output: "fine" });
    expect(events.map(({ kind }) => kind)).not.toContain("step_reset");
    expect(textIn(events)).toBe("fine");
  });

  test("is made again with `restart`, and readers of events are told that what they have is void", async () => {
    const { events, result } = await eventsOf({ ...retried, restart: true }, [broken, "fine now"]);
    expect(result).toMatchObject({ status: "ok", output: "fine now" });
    expect(events.map(({ kind, seq }) => `${seq} ${kind}`)).toEqual([
      "0 run_started",
      "1 step_started",
      "1 step_delta",
      "2 step_retrying",
      "2 step_reset",
      "2 step_delta",
      "2 step_delta",
      "3 step_completed",
      "4 run_completed",
    ]);
    expect(textIn(events)).toBe("fine now");
  });

  test("goes with `restart` to the next candidate in the same attempt, and readers are told that what they have is void", async () => {
    const { clock, backend: a } = setUp([broken]);
    const b = scriptedBackend({ id: "b", clock, replies: ["fine now"] });
    const start = (task: object) => {
      const runtime = createRuntime({ backends: [a, b], clock, defaults: { policy: "ordered" } });
      return runtime.start(chainOf({ ...RAW, ...task }), "Hi");
    };
    const run = start({ restart: true });
    const events = await readAll(run.events());
    expect(await run.result()).toMatchObject({ output: "fine now", steps: [{ attempt: 1, backend: "b" }] });
    expect(events.map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_delta",
      "step_reset",
      "step_delta",
      "step_delta",
      "step_completed",
      "run_completed",
    ]);
    expect(textIn(events)).toBe("fine now");
    a.reply(broken);
    const unsaid = start({});
    await readAll(unsaid.events());
    expect(await unsaid.result()).toMatchObject({
      status: "failed",
      steps: [{ route: { tried: [{ committed: true }] } }],
    });
  });

  test("leaves its piece with readers of the text, who cannot be told; later ones get the same", async () => {
    const { runtime } = setUp([broken, "fine now"]);
    const run = runtime.start(chainOf({ ...retried, restart: true }), "Hi");
    expect((await readAll(run.textStream)).join("")).toBe("onefine now");
    expect((await readAll(run.textStream)).join("")).toBe("onefine now");
    expect(await run.result()).toMatchObject({ output: "fine now" });
  });

  test("is made again where nobody reads", async () => {
    const { runtime } = setUp([{ error: { status: 500 } }, "fine"]);
    expect((await runtime.run(chainOf(retried), "Hi")).output).toBe("fine");
  });

  test("goes to the next backend where nothing was delivered, in the same attempt", async () => {
    const down = scriptedBackend({ id: "a", replies: [{ error: { status: 503 } }] });
    const up = scriptedBackend({ id: "b", replies: ["fine"] });
    const runtime = createRuntime({ backends: [down, up] });
    const run = runtime.start(chainOf(RAW), "Hi");
    expect((await readAll(run.textStream)).join("")).toBe("fine");
    expect(await run.result()).toMatchObject({ steps: [{ attempt: 1, backend: "b" }] });
  });

  test("leaves nothing of its text behind for a reader who comes when the others have left", async () => {
    const { clock, backend: slow } = setUp([
      { text: "one two", chunkDelayMs: 5, delayMs: 5, error: { status: 500, afterChunks: 2 } },
    ]);
    const backends = [slow, scriptedBackend({ id: "b", replies: ["fine"] })];
    const runtime = createRuntime({ backends, clock, defaults: { policy: "ordered" } });
    const run = runtime.start(chainOf(RAW), "Hi");
    const leaves = run.events();
    await clock.advance(0);
    await leaves.return?.();
    await clock.runAll();
    expect(await run.result()).toMatchObject({ status: "ok", output: "fine", steps: [{ backend: "b" }] });
    slow.expectCalls([{ kind: "stream" }]);
    expect((await readAll(run.textStream)).join("")).toBe("fine");
  });
});
