import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend, standIn } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import type { SelectionPolicy } from "../src/routing/policies/selection-policy.ts";
import type { RunFailedError } from "../src/run/run-failed-error.ts";
import type { Runtime } from "../src/run/runtime.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const ask = (execute_config?: object) => chainOf({ handler: "raw_string", ...(execute_config && { execute_config }) });
const named = (id: string, settings: ScriptedBackendSettings = {}) => scriptedBackend({ id, ...settings });
const setUp = (backends: readonly Backend[], more: RuntimeOptions = {}) =>
  createRuntime({ backends, clock: createVirtualClock(), ...more, defaults: { policy: "ordered", ...more.defaults } });

describe("where a call goes", () => {
  test("is to the first backend that serves the model, where order is what is meant", async () => {
    const [a, b] = [named("a", { models: ["x"] }), named("b", { models: ["x", "y"] })];
    const runtime = setUp([a, b]);
    await runtime.run(ask({ model: "x" }), "1");
    await runtime.run(ask({ model: "y" }), "2");
    a.expectCalls([{ text: "1", model: "x" }]);
    b.expectCalls([{ text: "2", model: "y" }]);
  });

  test("is by the order of the models that the task names, then by the next where one fails", async () => {
    const a = named("a", { models: ["large", "small"], replies: [{ error: { status: 429 } }, "fine"] });
    const { output, steps } = await setUp([a]).run(ask({ models: ["small", "large"] }), "Hi");
    expect(output).toBe("fine");
    a.expectCalls([{ model: "small" }, { model: "large" }]);
    expect(steps).toMatchObject([{ model: "large", backend: "a", provider: "scripted" }]);
  });

  test("is to a backend of the type that the task names", async () => {
    const [a, b] = [named("a", { type: "ollama" }), named("b", { type: "openai" })];
    await setUp([a, b]).run(ask({ provider: "openai" }), "Hi");
    expect([a.calls.length, b.calls.length]).toEqual([0, 1]);
  });

  test("is the runtime's default where the task says nothing, for prompts, conversations and embeddings", async () => {
    const backend = named("a", { models: ["first", "p", "c", "e"] });
    const runtime = setUp([backend], { defaults: { model: "p", chat: { model: "c" }, embedding: { model: "e" } } });
    await runtime.run(ask(), "Hi");
    await runtime.run(chainOf({ handler: "model_execution" }, { input: "chat_history" }), {
      messages: [{ role: "user", content: "Hi" }],
    });
    await runtime.run(chainOf({ handler: "embedding" }), "Hi");
    backend.expectCalls([
      { kind: "generate", model: "p" },
      { kind: "generate", model: "c" },
      { kind: "embed", model: "e" },
    ]);
  });

  test("is the chain's execute_config where the task's says nothing; models and providers as a whole", async () => {
    const backend = named("a", { models: ["x", "y"] });
    const tasks = { handler: "raw_string", execute_config: { models: ["y"] } };
    await setUp([backend]).run(chainOf(tasks, { execute_config: { model: "x", temperature: 0.4 } }), "Hi");
    await setUp([backend]).run(chainOf({ handler: "raw_string" }, { execute_config: { model: "x" } }), "Hi");
    backend.expectCalls([{ model: "y" }, { model: "x" }]);
    expect(backend.calls[0]).toMatchObject({ options: { temperature: 0.4 } });
  });

  test("is what is declared about a model, before what its server tells", async () => {
    const models = [{ id: "plain" }, { id: "vectors" }];
    const backend = named("a", { models });
    const runtime = setUp([backend], { models: [{ name: "vectors", capabilities: { embed: true, chat: false } }] });
    await runtime.run(chainOf({ handler: "embedding" }), "Hi");
    await runtime.run(ask(), "Hi");
    backend.expectCalls([
      { kind: "embed", model: "vectors" },
      { kind: "generate", model: "plain" },
    ]);
  });
});

describe("the record of a decision", () => {
  test("says who was tried, how it failed, and who was left out and why", async () => {
    const down = named("down", { replies: [{ error: { status: 503 } }] });
    const vectors = { id: "vectors", capabilities: { embed: true } };
    const up = named("up", { models: [vectors, "scripted"], replies: ["fine"] });
    const { steps } = await setUp([down, up]).run(ask(), "Hi");
    expect(steps[0]?.route).toEqual({
      policy: "ordered",
      candidates: 3,
      tried: [
        {
          backend: "down",
          model: "scripted",
          startedAt: 0,
          durationMs: 0,
          status: 503,
          error: { code: "model_failed", failure: "server_error", reason: "overloaded" },
        },
        {
          backend: "up",
          model: "scripted",
          startedAt: 0,
          durationMs: 0,
          usage: { inputTokens: 1, outputTokens: 1 },
        },
      ],
      dropped: [{ backend: "up", model: "vectors", stage: "eligible", why: "it does not answer prompts" }],
    });
  });

  test("says after a failure why those are out that still are, and nothing of those that were tried", async () => {
    const clock = createVirtualClock();
    const runtime = setUp(
      [
        { ...named("a", { clock, replies: [{ error: { status: 500 }, delayMs: 10 }] }), routing: { priority: 0 } },
        {
          ...named("b", { models: ["scripted", "other"], replies: [{ error: { status: 401 } }] }),
          routing: { priority: 1 },
        },
        { ...named("c"), routing: { priority: 2 } },
        { ...named("d"), routing: { priority: 3 } },
      ],
      { clock },
    );
    const answered = runtime.prompt("Hi", { model: "scripted" });
    // While the first is asked, the second refuses its key to another call.
    await errorOf(runtime.prompt("Hi", { model: "other" }));
    await clock.advance(10);
    const { backend, route } = await answered;
    expect([backend, route.tried.map((one) => one.backend)]).toEqual(["c", ["a", "c"]]);
    expect(route.dropped).toEqual([
      {
        backend: "b",
        model: "scripted",
        stage: "available",
        why: "it refused the key, and is left alone for another 60 s",
      },
      { backend: "d", model: "scripted", stage: "tier", why: "a nearer tier takes the call" },
    ]);
  });

  test("says after an overflow who was out in the group that the call came from", async () => {
    const busy = named("a", { replies: [{ error: { status: 429, retryAfterMs: 30_000 } }] });
    const groups = [
      { id: "g", backends: ["a"], overflow: "h" },
      { id: "h", backends: ["b"] },
    ];
    const runtime = setUp([busy, named("b")], { groups });
    const routing = { group: "g" };
    expect((await runtime.prompt("Hi", { routing })).route).toMatchObject({
      tried: [{ backend: "a" }, {}],
      dropped: [],
    });
    expect((await runtime.prompt("Hi", { routing })).route).toMatchObject({
      group: "h",
      tried: [{ backend: "b" }],
      dropped: [{ backend: "a", stage: "available", why: "it asked to be left alone for another 30 s" }],
    });
  });

  test("is there where every candidate failed, too", async () => {
    const down = named("down", { replies: [{ error: { status: 503 } }] });
    const error = await errorOf(setUp([down]).run(ask(), "Hi"));
    expect(error).toMatchObject({
      run: {
        steps: [{ backend: "down", route: { tried: [{ backend: "down", error: { failure: "server_error" } }] } }],
      },
    });
  });

  /** How the only step of a run is recorded that fails, in its record and in its event, and the error's details. */
  async function failed(runtime: Runtime, execute_config?: object) {
    const told: unknown[] = [];
    const unfollow = runtime.on("step_failed", ({ step }) => void told.push(step.route));
    const error = await errorOf(runtime.run(ask(execute_config), "Hi"));
    unfollow();
    const [step] = (error as RunFailedError).run.steps;
    expect(told).toEqual([step?.route]);
    return { route: step?.route, details: step?.error?.details };
  }

  test("is there where nobody could be asked, as everybody asked to be left alone", async () => {
    const busy = { replies: [{ error: { status: 429, retryAfterMs: 30_000 } }] };
    const runtime = setUp([named("a", busy), named("b", busy)]);
    await errorOf(runtime.run(ask(), "Hi"));
    const { route, details } = await failed(runtime);
    const why = "it asked to be left alone for another 30 s";
    const dropped = ["a", "b"].map((backend) => ({ backend, model: "scripted", stage: "available", why }));
    expect(route).toEqual({ policy: "ordered", candidates: 2, tried: [], dropped });
    expect(details).toEqual({ retryAfterMs: 30_000, dropped });
  });

  test("is there where nobody is able to", async () => {
    const runtime = setUp([named("a", { models: [{ id: "m", capabilities: { embed: true } }] })]);
    const { route, details } = await failed(runtime);
    const dropped = [{ backend: "a", model: "m", stage: "eligible", why: "it does not answer prompts" }];
    expect(route).toEqual({ policy: "ordered", candidates: 1, tried: [], dropped });
    expect(details).toMatchObject({ reason: "incapable", dropped });
    expect((await failed(runtime, { model: "none" })).route).toEqual({
      policy: "ordered",
      candidates: 0,
      tried: [],
      dropped: [],
    });
  });

  test.each([
    ["no call may wait", { queueLength: 0 }, {}, 0],
    ["no place came free", { queueTimeoutMs: 2_000 }, {}, 2_000],
    ["the deadline passed", {}, { routing: { deadline: "3s" } }, 3_000],
  ])("is there where %s", async (_what, routing, config, waitedMs) => {
    const clock = createVirtualClock();
    const slow = named("a", { clock, replies: () => ({ text: "late", delayMs: 60_000 }) });
    const runtime = setUp([{ ...slow, routing: { concurrency: 1, ...routing } }], { clock });
    runtime.prompt("first").catch(() => undefined);
    await clock.advance(1);
    const told = failed(runtime, config);
    await clock.advance(waitedMs);
    const { route } = await told;
    const dropped = [{ backend: "a", model: "scripted", stage: "available", why: "all its places are taken (1)" }];
    expect(route).toEqual({
      policy: "ordered",
      candidates: 1,
      tried: [],
      dropped,
      ...(waitedMs > 0 && { queuedMs: waitedMs }),
    });
    await clock.runAll();
  });

  test("is not there where no model was called", async () => {
    const { steps } = await setUp([]).run(chainOf({ handler: "noop" }), "Hi");
    expect(Object.keys(steps[0] ?? {})).not.toContain("route");
  });
});

describe("a policy", () => {
  test("is named by the task; `random` spreads calls by the runtime's numbers", async () => {
    const backends = ["a", "b", "c", "d"].map((id) => named(id));
    const drawn = [0.8, 0.1, 0.3, 0.99];
    const runtime = setUp(backends, { random: () => drawn.shift() ?? 0 });
    for (let at = 0; at < 4; at++) await runtime.run(ask({ routing: { policy: "random" } }), "Hi");
    expect(backends.map((backend) => backend.calls.length)).toEqual([1, 1, 0, 2]);
  });

  test("of the application's own is used, and named in the record", async () => {
    const cheapest: SelectionPolicy = {
      name: "cheapest",
      choose: (candidates) => candidates.find(({ model }) => model.details?.price === 1) ?? candidates[0],
    };
    const models = [
      { id: "dear", details: { price: 9 } },
      { id: "cheap", details: { price: 1 } },
    ];
    const runtime = setUp([named("a", { models })], { policies: [cheapest] });
    const { steps } = await runtime.run(ask({ routing: { policy: "cheapest" } }), "Hi");
    expect(steps[0]).toMatchObject({ model: "cheap", route: { policy: "cheapest" } });
  });

  test("that throws leaves the choice to `auto`, and the logger is told", async () => {
    const broken: SelectionPolicy = {
      name: "broken",
      choose: () => {
        throw new RangeError("no idea");
      },
    };
    const told: unknown[] = [];
    const logger = { log: (_level: string, message: string, fields: object) => void told.push({ message, ...fields }) };
    const runtime = setUp([named("a")], { policies: [broken], logger });
    const { steps } = await runtime.run(ask({ routing: { policy: "broken" } }), "Hi");
    expect(steps[0]?.route).toMatchObject({ policy: "auto" });
    expect(told).toContainEqual({ message: "policy_failed", policy: "broken", problem: "no idea", instead: "auto" });
  });
});

describe("while a runtime runs", () => {
  test("a backend that is added is used by the next call, one that is deleted is not", async () => {
    const runtime = setUp([]);
    const first = await errorOf(runtime.run(ask(), "1"));
    expect(first).toMatchObject({
      code: "task_failed",
      failure: "unavailable",
      message: expect.stringContaining("no backend is registered: give one to createRuntime"),
    });
    const a = named("a");
    await runtime.backends.create(a);
    expect((await runtime.run(ask(), "2")).output).toBe("echo: 2");
    await runtime.backends.delete("a");
    await errorOf(runtime.run(ask(), "3"));
    a.expectCalls([{ text: "2" }]);
  });

  test("a model that is pulled is found although the list is still believed", async () => {
    let models = ["small"];
    const clock = createVirtualClock();
    const runtime = createRuntime({ backends: [named("a", { models: () => models })], clock });
    await runtime.run(ask({ model: "small" }), "Hi");
    const missing = await errorOf(runtime.run(ask({ model: "huge" }), "Hi"));
    expect(missing.message).toContain('no backend serves the model "huge"; there are: small');
    models = ["small", "huge"];
    await clock.advance(1_000);
    expect((await runtime.run(ask({ model: "huge" }), "Hi")).steps[0]?.model).toBe("huge");
  });

  test("a backend that is dead holds no call up that another can take", async () => {
    const clock = createVirtualClock();
    let silent = false;
    const dead = named("dead", {
      models: async () => {
        if (silent) await new Promise(() => {});
        throw Object.assign(new Error("x"), { code: "ECONNREFUSED" });
      },
    });
    const runtime = createRuntime({ backends: [dead, named("alive")], clock });
    await runtime.run(ask(), "1");
    silent = true;
    await clock.advance(5_000);
    expect((await runtime.run(ask(), "2")).steps[0]?.backend).toBe("alive");
  });

  test("sync asks every backend and says what each serves", async () => {
    const runtime = setUp([named("a", { models: ["x"] }), named("b", { models: ["y"] })]);
    const states = await runtime.sync();
    expect(states.map(({ backend, models }) => [backend.id, models.map(({ id }) => id)])).toEqual([
      ["a", ["x"]],
      ["b", ["y"]],
    ]);
  });
});

test("the offline stand-in is found by what a task needs", async () => {
  const runtime = setUp([standIn()]);
  const chain = chainOf({ handler: "condition_key", valid_conditions: { urgent: true, normal: false } });
  const { output, steps } = await runtime.run(chain, "Is this urgent? The site is down! Answer urgent or normal.");
  expect(output).toBe(true);
  expect(steps[0]).toMatchObject({ model: "stand-in", outcome: "urgent" });
  const { output: vector } = await runtime.run(chainOf({ handler: "embedding" }), "The site is down!");
  expect(Array.isArray(vector)).toBe(true);
});

test("a backend that does not answer is named in the record of the call that went elsewhere", async () => {
  const silent = { ...scriptedBackend({ id: "silent" }), listModels: () => Promise.reject(new Error("gone fishing")) };
  const runtime = createRuntime({ backends: [silent, scriptedBackend({ id: "other" })] });
  const { backend, route } = await runtime.prompt("Hi");
  expect(backend).toBe("other");
  expect(route.dropped).toEqual([
    { backend: "silent", model: "", stage: "listed", why: expect.stringContaining("gone fishing") },
  ]);
});
