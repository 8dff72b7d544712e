import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { HookError } from "../src/errors/hook-error.ts";
import type { LocalHook } from "../src/hook/hook.ts";
import { remoteHook } from "../src/hook/remote-hook.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import type { Fetch } from "../src/surroundings/fetch.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const act = (fields: Readonly<Record<string, unknown>> = {}) => ({ handler: "hook", hook: { name: "act" }, ...fields });
const setUp = (hook: LocalHook, more: RuntimeOptions = {}) =>
  createRuntime({ hooks: { act: hook }, clock: createVirtualClock(), random: () => 0, ...more });

test("a hook's answer is there for the tasks behind it, by field", async () => {
  const runtime = setUp(() => ({ temperature: 21, city: { name: "Bonn" } }));
  const tell = { id: "tell", handler: "noop", prompt_template: "{{.task.temperature}} in {{.task.city.name}}" };
  expect((await runtime.run(chainOf([act({ transition: to("tell") }), tell]), "Hi")).output).toBe("21 in Bonn");
});

test("a template over the answer chooses the branch", async () => {
  const branches = [
    { operator: "equals", when: "warm", goto: "walk" },
    { operator: "default", when: "", goto: "end" },
  ];
  const runtime = setUp(() => ({ temperature: 21 }));
  const hook = act({ output_template: "{{if gt .temperature 20}}warm{{else}}cold{{end}}", transition: { branches } });
  const walk = { id: "walk", handler: "noop", prompt_template: "Go for a walk." };
  expect((await runtime.run(chainOf([hook, walk]), "Hi")).output).toBe("Go for a walk.");
});

test("a cycle of a hook and a model ends where a branch leads out, and each visit has its own key", async () => {
  const calls: string[] = [];
  const backend = scriptedBackend({ replies: ["more", "more", "enough"] });
  const hook: LocalHook = ({ idempotencyKey }) => {
    calls.push(idempotencyKey.split("/")[1] ?? "");
    return "ok";
  };
  const runtime = setUp(hook, { backends: [backend] });
  const branches = [
    { operator: "equals", when: "more", goto: "task" },
    { operator: "default", when: "", goto: "end" },
  ];
  const decide = { id: "decide", handler: "raw_string", prompt_template: "Enough?", transition: { branches } };
  const { steps } = await runtime.run(chainOf([act({ transition: to("decide") }), decide]), "Hi");
  expect(calls).toEqual(["task#1", "task#2", "task#3"]);
  expect(steps.map(({ key }) => key)).toEqual(["task#1", "decide#1", "task#2", "decide#2", "task#3", "decide#3"]);
});

describe("a hook that fails", () => {
  test("says itself whether trying again can help, and how long to wait", async () => {
    const answers = [
      new HookError("hook_failed", "busy", { failure: "rate_limit", retryAfterMs: 3_000 }),
      new HookError("hook_failed", "no", { failure: "auth" }),
    ];
    const clock = createVirtualClock();
    const runtime = setUp(() => Promise.reject(answers.shift()), { clock });
    const run = runtime.start(chainOf(act({ retry: { max: 5, backoff: "1s", jitter: false } })), "Hi");
    await clock.runAll();
    expect(clock.now()).toBe(3_000);
    expect((await run.result()).steps.map(({ error }) => error?.failure)).toEqual(["rate_limit", "auth"]);
  });

  test("leads to on_failure, with its message", async () => {
    const runtime = setUp(() => {
      throw new RangeError("no page");
    });
    const rescue = { id: "rescue", handler: "noop", prompt_template: "{{.error}}" };
    const { output } = await runtime.run(chainOf([act({ transition: to("end", "rescue") }), rescue]), "Hi");
    expect(output).toBe('Hook "act" threw: no page');
  });
});

describe("hooks change while a runtime runs", () => {
  test("and the next call sees it", async () => {
    const runtime = setUp(() => "old");
    await runtime.hooks.update("act", { name: "act", hook: () => "new" });
    expect((await runtime.run(chainOf(act()), "Hi")).output).toBe("new");
  });

  test("and one that disappears in the middle of a run fails its task, naming what there is", async () => {
    const runtime = createRuntime({
      hooks: { first: () => runtime.hooks.delete("act"), act: () => "ok", ack: () => "ok" },
    });
    const first = { id: "first", handler: "hook", hook: { name: "first" }, transition: to("task") };
    const result = await runtime.start(chainOf([first, act({ retry_on_failure: 2 })]), "Hi").result();
    expect(result).toMatchObject({
      status: "failed",
      steps: [
        { taskId: "first" },
        {
          attempt: 1,
          transition: "failed",
          error: {
            code: "hook_unknown",
            failure: "chain",
            message: 'there is no hook "act"; there are: first, ack. Did you mean ack?',
          },
        },
      ],
    });
  });
});

describe("a remote hook", () => {
  test("is called with the runtime's fetch, and its answer is the output", async () => {
    const requests: Request[] = [];
    const fetch: Fetch = async (input, init) => {
      requests.push(new Request(input, init));
      return Response.json({ temperature: 21 });
    };
    const hook = remoteHook({ url: "https://hooks.example.test/weather", protocol: "langserve" });
    const runtime = createRuntime({ hooks: { act: hook }, fetch });
    const { output } = await runtime.run(chainOf(act({ hook: { name: "act", args: { city: "{{.input}}" } } })), "Bonn");
    expect(output).toEqual({ temperature: 21 });
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual(["POST https://hooks.example.test/weather"]);
    expect(await requests[0]?.text()).toContain("Bonn");
  });

  test("that answers an error fails the task with its status", async () => {
    const fetch = async () => new Response("no", { status: 503, headers: { "retry-after": "2" } });
    const clock = createVirtualClock();
    const runtime = createRuntime({
      hooks: { act: remoteHook({ url: "https://hooks.example.test/" }) },
      fetch,
      clock,
      random: () => 0,
    });
    const run = runtime.start(chainOf(act({ retry: { max: 1, backoff: "1s", jitter: false } })), "Hi");
    await clock.runAll();
    expect(await run.result()).toMatchObject({
      status: "failed",
      steps: [{ error: { failure: "server_error", details: { status: 503, retryAfterMs: 2_000 } } }, { attempt: 2 }],
    });
    expect(clock.now()).toBe(2_000);
  });
});

test("two hooks of two runs at the same time do not mix", async () => {
  const gates = new Map<unknown, PromiseWithResolvers<void>>();
  const clock = createVirtualClock();
  const hook: LocalHook = async ({ input }) => {
    const gate = Promise.withResolvers<void>();
    gates.set(input.value, gate);
    await gate.promise;
    return `done ${input.value}`;
  };
  const runtime = setUp(hook, { clock });
  const runs = [runtime.run(chainOf(act()), "1"), runtime.run(chainOf(act()), "2")];
  await clock.advance(0);
  expect(gates.size).toBe(2);
  gates.get("2")?.resolve();
  gates.get("1")?.resolve();
  expect((await Promise.all(runs)).map(({ output }) => output)).toEqual(["done 1", "done 2"]);
});

test("a chain whose hook nobody registered does not begin", async () => {
  const first = vi.fn(() => "ok");
  const runtime = createRuntime({ hooks: { first } });
  const chain = chainOf([{ id: "a", handler: "hook", hook: { name: "first" }, transition: to("task") }, act()]);
  expect((await errorOf(runtime.run(chain, "Hi"))).code).toBe("chain_invalid");
  expect(first).not.toHaveBeenCalled();
});
