import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const RAW = chainOf({ handler: "raw_string" });

function setUp(replies: ScriptedBackendSettings["replies"] = [], more: RuntimeOptions = {}) {
  const clock = createVirtualClock({ now: 500 });
  const backend = scriptedBackend({ clock, replies });
  return { clock, backend, runtime: createRuntime({ backends: [backend], clock, ...more }) };
}

describe("the events of a run", () => {
  const chain = chainOf([
    { id: "a", handler: "raw_string", retry_on_failure: 1, print: "said {{.a}}", transition: to("b") },
    { id: "b", handler: "raise_error", transition: to("end", "c") },
    { id: "c", handler: "noop" },
  ]);

  test("come in the order in which things happened, numbered without a gap, and say where and when", async () => {
    const { runtime, clock } = setUp([{ error: { status: 500 } }, { text: "one", delayMs: 5 }]);
    const run = runtime.start(chain, "Hi");
    const reading = readAll(run.events({ deltas: false }));
    await clock.runAll();
    const events = await reading;
    expect(events.map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_retrying",
      "step_completed",
      "text_printed",
      "step_started",
      "step_failed",
      "step_started",
      "step_completed",
      "run_completed",
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_event, at) => at));
    for (const event of events) expect(event).toMatchObject({ runId: run.id, chainId: "story" });
    expect(events[0]).toMatchObject({ at: 500, inputType: "string", chainHash: chain.hash });
    expect(events[1]).toMatchObject({ key: "a#1", taskId: "a", handler: "raw_string", visit: 1, inputType: "string" });
    expect(events[3]).toMatchObject({ at: 505, goto: "b", step: { key: "a#1", attempt: 2, outcome: "one" } });
    expect(events[4]).toMatchObject({ key: "a#1", text: "said one" });
    expect(events[6]).toMatchObject({ goto: "c", step: { taskId: "b", error: { code: "raised", message: "one" } } });
    expect(events[9]).toMatchObject({ output: { type: "string", value: "one" }, usage: { outputTokens: 1 } });
  });

  test("are the same for a reader who comes late", async () => {
    const { runtime, clock } = setUp([{ text: "one", delayMs: 5 }]);
    const run = runtime.start(RAW, "Hi");
    const early = readAll(run.events({ deltas: false }));
    await clock.runAll();
    await run.result();
    expect(await readAll(run.events({ deltas: false }))).toEqual(await early);
  });

  test("have the steps of the result in them", async () => {
    const { runtime } = setUp(["one"]);
    const run = runtime.start(chain, "Hi");
    const events = await readAll(run.events({ deltas: false }));
    const steps = events.flatMap((event) => ("step" in event ? [event.step] : []));
    expect(steps).toEqual((await run.result()).steps);
  });
});

describe("readers of events", () => {
  const round = chainOf({ handler: "hook", hook: { name: "act" }, transition: to("task") });

  test("that are too slow are told how many they missed, and the last ones are there", async () => {
    const { runtime } = setUp([], { hooks: { act: async () => "ok" } });
    const run = runtime.start(round, "Hi", { stepBudget: 2_000 });
    const reader = run.events({ deltas: false });
    const first = await reader.next();
    await run.result();
    const rest = await readAll(reader);
    const dropped = rest.flatMap((event) => (event.kind === "events_dropped" ? [event.count] : []));
    const seen = [first.value, ...rest].filter((event) => event?.kind !== "events_dropped");
    expect(dropped.length).toBeGreaterThan(0);
    expect(rest.length).toBeLessThan(1_500);
    expect(rest.at(-1)?.kind).toBe("run_failed");
    const all = await readAll(run.events({ deltas: false }));
    expect(seen.length + dropped.reduce((sum, count) => sum + count)).toBe(all.length);
  });

  test("may leave at any time, also while they wait", async () => {
    const { runtime, clock } = setUp([{ hang: true }]);
    const run = runtime.start(RAW, "Hi");
    for await (const event of run.events()) {
      expect(event.kind).toBe("run_started");
      break;
    }
    const reader = run.events();
    for (let read = 0; read < 2; read++) await reader.next();
    const next = reader.next();
    await clock.advance(0);
    await reader.return?.();
    expect(await next).toEqual({ done: true, value: undefined });
    run.cancel();
    expect(await run.result()).toMatchObject({ status: "cancelled" });
  });
});

describe("listeners of the runtime", () => {
  test("hear the events of their kind, of all runs, until they are removed", async () => {
    const { runtime } = setUp();
    const heard: string[] = [];
    const stop = runtime.on("run_completed", ({ runId }) => heard.push(runId));
    const runs = [runtime.start(RAW, "1"), runtime.start(RAW, "2")];
    for (const run of runs) await run.result();
    stop();
    await runtime.run(RAW, "3");
    expect(heard).toEqual(runs.map(({ id }) => id));
  });

  test("of `*` hear every recorded event, once, and no pieces of text", async () => {
    const { runtime } = setUp(["one two"]);
    const all: string[] = [];
    runtime.on("*", ({ kind }) => all.push(kind));
    runtime.on("step_delta", () => {});
    await runtime.run(RAW, "Hi");
    expect(all).toEqual(["run_started", "step_started", "step_completed", "run_completed"]);
  });

  test("hear the first event of a run that was just started", async () => {
    const { runtime } = setUp();
    const run = runtime.start(RAW, "Hi");
    const heard = vi.fn();
    runtime.on("run_started", heard);
    await run.result();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  test("that throw, at once or later, break nothing and are reported", async () => {
    const lines: unknown[] = [];
    const logger = { log: (level: string, message: string, fields: unknown) => lines.push([level, message, fields]) };
    const { runtime } = setUp(["one"], { logger });
    runtime.on("run_started", () => {
      throw new RangeError("bad listener");
    });
    runtime.on("step_started", () => Promise.reject(new RangeError("bad promise")));
    expect((await runtime.run(RAW, "Hi")).output).toBe("one");
    await Promise.resolve();
    expect(lines).toContainEqual([
      "error",
      "listener_failed",
      expect.objectContaining({ kind: "run_started", error: "bad listener" }),
    ]);
    expect(lines).toContainEqual([
      "error",
      "listener_failed",
      expect.objectContaining({ kind: "step_started", error: "bad promise" }),
    ]);
  });
});

describe("the result", () => {
  test("has the output, the steps and the tokens of all calls together, failed attempts included", async () => {
    const { runtime } = setUp([
      { text: "x", usage: { inputTokens: 3, outputTokens: 4 } },
      { text: "7", usage: { inputTokens: 5 } },
    ]);
    const { runId, output, outputType, steps, usage } = await runtime.run(
      chainOf({ handler: "parse_number", retry_on_failure: 1 }),
      "Hi",
    );
    expect({ output, outputType, usage }).toEqual({
      output: 7,
      outputType: "int",
      usage: { inputTokens: 8, outputTokens: 5 },
    });
    expect(runId).not.toBe("");
    expect(steps).toHaveLength(2);
  });

  test("has inputs and outputs of steps only where the chain says `debug`", async () => {
    const { runtime } = setUp();
    const plain = await runtime.run(chainOf({ handler: "noop" }), "Hi");
    expect(Object.keys(plain.steps[0] ?? {})).not.toContain("input");
    const { steps } = await runtime.run(
      chainOf({ handler: "noop", prompt_template: "{{.input}}!" }, { debug: true }),
      "Hi",
    );
    expect(steps).toMatchObject([{ input: "Hi!", output: "Hi!" }]);
  });

  test("of a failure has the trace, which is not printed with the error", async () => {
    const { runtime } = setUp([{ error: { status: 500 } }]);
    const error = await errorOf(runtime.run(RAW, "Hi"));
    expect(error).toMatchObject({ name: "RunFailedError", run: { chainId: "story", steps: [{ taskId: "task" }] } });
    expect(Object.keys(error)).not.toContain("run");
    expect(error.toJSON()).toMatchObject({
      code: "task_failed",
      failure: "server_error",
      details: { chainId: "story", taskId: "task", key: "task#1", attempts: 1 },
      cause: { code: "model_failed", details: { backend: "scripted", model: "scripted", status: 500 } },
    });
  });

  test("of a run that takes too many steps says what to do", async () => {
    const { runtime } = setUp();
    const round = chainOf({ handler: "noop", transition: to("task") });
    const error = await errorOf(runtime.run(round, "Hi", { stepBudget: 5 }));
    expect(error).toMatchObject({
      code: "step_budget_exceeded",
      message: expect.stringContaining("took 5 steps"),
      details: { stepBudget: 5 },
    });
    expect(error).toMatchObject({ run: { steps: { length: 5 } } });
  });
});

describe("runs", () => {
  test("are listed, the newest first, and kept with their steps", async () => {
    const { runtime } = setUp(["one", { error: { status: 500 } }]);
    const first = await runtime.run(RAW, "1");
    await errorOf(runtime.run(RAW, "2"));
    const list = await runtime.runs.list();
    expect(list.map(({ chainId, status }) => `${chainId} ${status}`)).toEqual(["story failed", "story completed"]);
    expect(await runtime.runs.get(first.runId)).toMatchObject({ runId: first.runId, steps: first.steps });
    expect(await runtime.runs.list({ limit: 1 })).toHaveLength(1);
    expect(await runtime.runs.get("nobody")).toBeUndefined();
  });

  test("that happen at the same time do not mix", async () => {
    const { runtime, clock, backend } = setUp();
    const delays = [30, 10, 20, 5, 25];
    for (const delayMs of delays) backend.reply({ text: `after ${delayMs}`, delayMs });
    const chain = chainOf([
      { id: "a", handler: "raw_string", transition: to("b") },
      { id: "b", handler: "noop", prompt_template: "{{.input}}: {{.a}}" },
    ]);
    const runs = delays.map((delay) => runtime.start(chain, `wanted ${delay}`));
    const events = runs.map((run) => readAll(run.events({ deltas: false })));
    await clock.runAll();
    for (const [at, run] of runs.entries()) {
      expect(await run.result()).toMatchObject({ output: `wanted ${delays[at]}: after ${delays[at]}` });
      const own = (await events[at]) ?? [];
      expect(new Set(own.map(({ runId }) => runId))).toEqual(new Set([run.id]));
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_event, place) => place));
    }
    expect(new Set(runs.map(({ id }) => id)).size).toBe(5);
  });
});
