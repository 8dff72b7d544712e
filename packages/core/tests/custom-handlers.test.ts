import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { CatenaryError } from "../src/errors/catenary-error.ts";
import type { Handler, HandlerContext, HandlerResult } from "../src/handler/handler.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const text = (value: string, outcome: HandlerResult["outcome"] = "ok"): HandlerResult => ({
  output: { type: "string", value },
  outcome,
});

function setUp(handler: Handler | Handler["execute"], replies: readonly string[] = []) {
  const clock = createVirtualClock({ now: 1_000 });
  const backend = scriptedBackend({ clock, replies });
  const handlers = { own: typeof handler === "function" ? { execute: handler } : handler };
  const hooks = { act: ({ args }: { args: unknown }) => args };
  return { clock, backend, runtime: createRuntime({ backends: [backend], handlers, hooks, clock }) };
}

test("a handler may answer at once or later; its outcome chooses the branch", async () => {
  const branches = [
    { operator: "equals", when: "left", goto: "left" },
    { operator: "default", when: "", goto: "end" },
  ];
  const chain = chainOf([
    { handler: "own", transition: { branches } },
    { id: "left", handler: "noop", prompt_template: "went left" },
  ]);
  for (const execute of [() => text("x", "left"), async () => text("x", { text: "left" })]) {
    expect((await setUp(execute).runtime.run(chain, "Hi")).output).toBe("went left");
  }
});

test("an outcome may have a number and another name for old clients", async () => {
  const branches = [{ operator: ">", when: "0.5", goto: "end" }];
  const chain = chainOf({ handler: "own", transition: { branches } });
  const { runtime } = setUp(() => text("x", { text: "some", number: 0.7, transition: "t" }));
  expect((await runtime.run(chain, "Hi")).steps).toMatchObject([{ outcome: "some", transition: "t" }]);
});

test("a handler knows its task, its input, the run and the variables", async () => {
  let seen: HandlerContext | undefined;
  const { runtime } = setUp((context) => {
    seen = context;
    return text(
      `${context.render("{{.before}} {{.tone}}")} ${context.render("{{.n}}", { n: 5 })} ${context.systemInstruction()}`,
    );
  });
  const tasks = [
    { id: "before", handler: "noop", prompt_template: "first", transition: to("task") },
    { handler: "own", system_instruction: "Be {{.tone}}.", execute_config: { model: "m" }, mood: 5 },
  ];
  const more = { variables: { tone: "string" }, token_limit: 9, execute_config: { seed: 1 } };
  const run = runtime.start(chainOf(tasks, more), "Hi", { variables: { tone: "kind" } });
  expect(await run.result()).toMatchObject({ output: "first kind 5 Be kind." });
  expect(seen).toMatchObject({
    runId: run.id,
    chainId: "story",
    key: "task#1",
    attempt: 1,
    task: { id: "task", handler: "own", extra: { mood: 5 } },
    executeConfig: { model: "m", seed: 1 },
    tokenLimit: 9,
    input: { type: "string", value: "first" },
    startedAt: 1_000,
  });
  expect(seen?.variable("before")).toEqual({ type: "string", value: "first" });
  expect(seen?.variable("nobody")).toBeUndefined();
});

test("a handler reaches models, hooks and the token counter, and its calls are in its step's record", async () => {
  const { runtime, backend } = setUp(
    async (context) => {
      const messages = [{ role: "user", content: "one two", timestamp: "" }];
      const first = await context.generate({ kind: "prompt", messages });
      const second = await context.generate({ kind: "chat", messages, sampling: { temperature: 1 } });
      const vector = await context.embed("three");
      const answer = await context.callHook("act", { a: 1 });
      const tokens = await context.countTokens("one two", "any");
      return text(JSON.stringify([first.text, second.text, vector.length, answer, tokens]));
    },
    ["a b c", "d"],
  );
  const { output, steps } = await runtime.run(chainOf({ handler: "own" }), "Hi");
  expect(output).toBe('["a b c","d",8,{"a":1},2]');
  backend.expectCalls([{ kind: "generate" }, { kind: "generate" }, { kind: "embed" }]);
  expect(steps[0]).toMatchObject({ backend: "scripted", usage: { inputTokens: 5, outputTokens: 4 } });
});

describe("the text that a handler emits", () => {
  const speaking: Handler = {
    spec: { fields: [], required: [], output: "string", text: "verbatim" },
    execute: async (context) => {
      for (const piece of ["one ", "", "two"]) context.emit(piece);
      return text("one two");
    },
  };

  test("is the run's text where its specification says that it writes some", async () => {
    const { runtime } = setUp(speaking);
    const run = runtime.start(chainOf({ handler: "own" }), "Hi");
    expect((await readAll(run.textStream)).join("")).toBe("one two");
  });

  test("is heard as step_delta in any case", async () => {
    const { runtime } = setUp({ execute: speaking.execute });
    const seen: string[] = [];
    runtime.on("step_delta", (event) => seen.push(event.text));
    const run = runtime.start(chainOf({ handler: "own" }), "Hi");
    expect(await readAll(run.textStream)).toEqual([]);
    expect(seen).toEqual(["one ", "two"]);
  });

  test("comes from a model too, where the handler asks for it", async () => {
    const { runtime } = setUp(
      {
        ...speaking,
        execute: async (context) => {
          const messages = [{ role: "user", content: "Hi", timestamp: "" }];
          return text((await context.generate({ kind: "prompt", messages, stream: "trimmed" })).text.trim());
        },
      },
      [" one two "],
    );
    const run = runtime.start(chainOf({ handler: "own" }), "Hi");
    expect(await readAll(run.textStream)).toEqual(["one", " two"]);
  });

  test("is ignored once the attempt is over", async () => {
    let emit: (piece: string) => void = () => {};
    const { runtime, clock } = setUp({
      ...speaking,
      execute: (context) => {
        emit = (piece) => context.emit(piece);
        return new Promise(() => {});
      },
    });
    const run = runtime.start(chainOf({ handler: "own", timeout: "1s" }), "Hi");
    const seen = readAll(run.events());
    await clock.advance(1_000);
    emit("too late");
    expect((await seen).map(({ kind }) => kind)).toEqual(["run_started", "step_started", "step_failed", "run_failed"]);
  });
});

describe("a handler that fails", () => {
  test("fails its task with its own error, code and all, which is the cause of the run's", async () => {
    const broken = new CatenaryError("out_of_stock", "none left", { failure: "chain", details: { item: 5 } });
    const { runtime } = setUp(() => {
      throw broken;
    });
    const error = await errorOf(runtime.run(chainOf({ handler: "own" }), "Hi"));
    expect(error).toMatchObject({ code: "task_failed", message: "task task failed: none left", cause: broken });
    expect(error).toMatchObject({ run: { steps: [{ error: { code: "out_of_stock", details: { item: 5 } } }] } });
  });

  test("may throw what is no error", async () => {
    const { runtime } = setUp(() => Promise.reject("just words"));
    expect((await errorOf(runtime.run(chainOf({ handler: "own" }), "Hi"))).message).toContain("just words");
  });

  test("is stopped in its calls when its time is up", async () => {
    const stopped: unknown[] = [];
    const { runtime, clock } = setUp(async (context) => {
      const forever = context.call("wait", (signal) => {
        signal.addEventListener("abort", () => stopped.push("told"));
        return new Promise<never>(() => {});
      });
      await forever.catch((error: unknown) => stopped.push(CatenaryError.isInstance(error) && error.code));
      await context.call("again", async () => stopped.push("called again")).catch(() => stopped.push("refused"));
      return text("x");
    });
    const run = runtime.start(chainOf({ handler: "own", timeout: "1s" }), "Hi");
    await clock.advance(1_000);
    expect(await run.result()).toMatchObject({ status: "failed", steps: [{ error: { code: "task_timeout" } }] });
    expect(stopped).toEqual(["told", "task_timeout", "refused"]);
  });
});

describe("what a handler must return", () => {
  test.each<readonly [unknown, string]>([
    [undefined, "it returned missing"],
    ["text", "it returned a string"],
    [{}, "its output is missing"],
    [{ output: { type: "text", value: "x" }, outcome: "" }, 'the type of its output is "text"'],
    [{ output: { type: "string" }, outcome: "" }, "its output has no value"],
    [{ output: { type: "int", value: "x" }, outcome: "" }, "its output is no int"],
    [{ output: { type: "string", value: "x" } }, "its outcome is missing"],
    [{ output: { type: "string", value: "x" }, outcome: { number: 1 } }, "the text of its outcome is missing"],
  ])("%j is refused: %s", async (result, problem) => {
    // Safe: the point is a handler that is not written in TypeScript.
    const { runtime } = setUp(async () => result as HandlerResult);
    const error = await errorOf(runtime.run(chainOf({ handler: "own" }), "Hi"));
    expect(error).toMatchObject({
      message: expect.stringContaining(problem),
      cause: { code: "handler_result_invalid", details: { handler: "own" } },
    });
  });
});

test("a handler cannot take the name of one that is built in", () => {
  expect(() => createRuntime({ handlers: { noop: { execute: () => text("x") } } })).toThrow(
    "the handler noop is built in",
  );
});

test("a chain that wants a handler nobody registered does not begin, and the nearest name is offered", async () => {
  const { runtime } = setUp(() => text("x"));
  const error = await errorOf(runtime.run(chainOf({ handler: "owm" }), "Hi"));
  expect(error).toMatchObject({ code: "chain_invalid", message: expect.stringContaining("own") });
});

test("a hook that nobody registered is a rejection, which a handler may catch", async () => {
  const { runtime } = setUp(async (context) => {
    const error = await context.callHook("nobody", {}).catch((caught: unknown) => caught);
    return text(CatenaryError.isInstance(error) ? error.code : "none");
  });
  expect((await runtime.run(chainOf({ handler: "own" }), "Hi")).output).toBe("hook_unknown");
});
