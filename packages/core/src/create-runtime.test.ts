import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { chainOf } from "../tests/fixtures/chain-of.ts";
import { errorOf } from "../tests/fixtures/error-of.ts";
import { createRuntime } from "./create-runtime.ts";
import type { RuntimeOptions } from "./run/runtime-options.ts";
import { createMemoryRecordStore } from "./store/memory-record-store.ts";

const NOOP = chainOf({ handler: "noop" });

describe("a runtime without anything", () => {
  test("is legal, and runs chains that need no model", async () => {
    const runtime = createRuntime();
    expect((await runtime.run(NOOP, "Hi")).output).toBe("Hi");
    expect(await runtime.sync()).toEqual([]);
    await runtime.close();
  });

  test("fails at the first model call, saying what to write", async () => {
    const error = await errorOf(createRuntime().prompt("Hi"));
    expect(error).toMatchObject({
      code: "no_candidate",
      message: "no backend is registered: give one to createRuntime, such as createRuntime({ backends: [ollama()] })",
    });
  });
});

test("what is given is registered with the origin `code`", () => {
  const runtime = createRuntime({
    backends: [scriptedBackend()],
    chains: [NOOP],
    hooks: { act: () => "ok" },
    models: [{ name: "m", contextLength: 5 }],
    groups: [{ id: "g", backends: [], models: [] }],
  });
  const { chains, backends, hooks, models, groups } = runtime;
  for (const registry of [chains, backends, hooks, models, groups]) {
    expect(registry.list().filter(({ origin }) => origin !== "internal")).toMatchObject([{ origin: "code" }]);
  }
  expect([chains.list()[0]?.id, backends.list()[0]?.id, hooks.list()[0]?.id]).toEqual(["story", "scripted", "act"]);
});

describe("two of the same id", () => {
  test.each<readonly [string, RuntimeOptions]>([
    ["backends", { backends: [scriptedBackend(), scriptedBackend()] }],
    ["chains", { chains: [NOOP, NOOP] }],
    ["models", { models: [{ name: "m" }, { name: "m" }] }],
  ])("are refused among %s", (_name, options) => {
    expect(() => createRuntime(options)).toThrow(expect.objectContaining({ code: "already_exists" }));
  });
});

describe("a chain", () => {
  test("that is registered runs by its id; an unknown id names the nearest", async () => {
    const runtime = createRuntime({ chains: [NOOP] });
    expect((await runtime.run("story", "Hi")).output).toBe("Hi");
    expect(await errorOf(runtime.run("storry", "Hi"))).toMatchObject({
      code: "not_found",
      message: expect.stringContaining("Did you mean story?"),
    });
  });

  test("that is none is refused before anything runs", async () => {
    // Safe: the point is a caller who does not write TypeScript.
    const plain = { id: "x", tasks: [] } as never;
    expect((await errorOf(createRuntime().run(plain, "Hi"))).code).toBe("chain_invalid");
  });
});

describe("the input of a run", () => {
  const runtime = createRuntime();

  test("is what the chain declares, else a string; the caller may say another", async () => {
    const typed = chainOf({ handler: "noop" }, { input: "int" });
    expect(await runtime.run(typed, "42")).toMatchObject({ output: 42, outputType: "int" });
    expect(await runtime.run(NOOP, "42")).toMatchObject({ output: "42", outputType: "string" });
    expect(await runtime.run(NOOP, { a: 1 }, { inputType: "json" })).toMatchObject({ output: { a: 1 } });
  });

  test("that is not of its type is refused, and so is a type that there is not", async () => {
    expect((await errorOf(runtime.run(chainOf({ handler: "noop" }, { input: "int" }), "abc"))).code).toBe(
      "input_invalid",
    );
    // Safe: as above.
    const inputType = "strng" as never;
    expect((await errorOf(runtime.run(NOOP, "Hi", { inputType }))).message).toContain("Did you mean string?");
  });

  test("has the variables that the chain declares: none missing, none too many, each of its type", async () => {
    const chain = chainOf(
      { handler: "noop", prompt_template: "{{.count}} {{.tone}}" },
      { variables: { tone: "string", count: "int" } },
    );
    expect((await runtime.run(chain, "Hi", { variables: { tone: "kind", count: "3" } })).output).toBe("3 kind");
    const messageOf = async (variables: Record<string, unknown>) =>
      (await errorOf(runtime.run(chain, "Hi", { variables }))).message;
    expect(await messageOf({ tone: "kind" })).toContain('needs the variable "count"');
    expect(await messageOf({ tone: "kind", count: 3, tona: 1 })).toContain("Did you mean tone?");
    expect(await messageOf({ tone: "kind", count: "many" })).toContain('the variable "count" is no int');
  });

  test("comes with a budget of steps that is a whole number above 0", async () => {
    for (const stepBudget of [0, -1, 1.5, Number.NaN]) {
      expect((await errorOf(runtime.run(NOOP, "Hi", { stepBudget }))).code).toBe("input_invalid");
      expect(() => createRuntime({ stepBudget })).toThrow(expect.objectContaining({ code: "settings_invalid" }));
    }
  });
});

test("`start` throws at once where nothing can be started, `run` rejects", async () => {
  const runtime = createRuntime();
  expect(() => runtime.start("nobody", "Hi")).toThrow(expect.objectContaining({ code: "not_found" }));
  expect((await errorOf(runtime.run("nobody", "Hi"))).code).toBe("not_found");
});

test("two runtimes on one record store see each other's chains, also where they were changed or deleted", async () => {
  const records = createMemoryRecordStore();
  const first = createRuntime({ records });
  const second = createRuntime({ records });
  const saying = (text: string) => chainOf({ handler: "noop", prompt_template: text });
  const { id } = await first.chains.create(saying("one"), { origin: "record" });
  await second.sync();
  expect((await second.run(id, "Hi")).output).toBe("one");
  await first.chains.update(id, saying("two"));
  await second.sync();
  expect((await second.run(id, "Hi")).output).toBe("two");
  await first.chains.delete(id);
  await second.sync();
  expect(second.chains.list()).toEqual([]);
});

test("the surroundings that are given are the ones that are used", async () => {
  const clock = createVirtualClock({ now: 5_000 });
  let made = 0;
  const runtime = createRuntime({ clock, ids: () => `run-${++made}` });
  const { runId, steps } = await runtime.run(NOOP, "Hi");
  expect([runId, steps[0]?.startedAt]).toEqual(["run-1", 5_000]);
});

test("the context length of a default model counts as declared", async () => {
  const backend = scriptedBackend({ models: [{ id: "m" }] });
  const runtime = createRuntime({ backends: [backend], defaults: { chat: { model: "m", contextLength: 2 } } });
  const chain = chainOf({ handler: "model_execution" }, { input: "chat_history" });
  const input = { messages: [{ role: "user", content: "one two three four" }] };
  expect((await errorOf(runtime.run(chain, input))).message).toContain("the largest context is m on scripted with 2");
});

test("everything works when it is taken out of the runtime", async () => {
  const { run, start, prompt, on, runs, close } = createRuntime({ backends: [scriptedBackend()] });
  const stop = on("*", () => {});
  expect((await run(NOOP, "Hi")).output).toBe("Hi");
  expect((await start(NOOP, "Hi").result()).status).toBe("ok");
  expect((await prompt("Hi")).text).toBe("echo: Hi");
  expect(await runs.list()).toHaveLength(2);
  stop();
  await close();
});

test("what backends serve is asked for once where nobody asked before, and told from memory after that", async () => {
  let asked = 0;
  const one = scriptedBackend({ id: "one", models: ["a"] });
  const listModels = () => {
    asked++;
    return one.listModels();
  };
  const counted = { ...one, listModels };
  const runtime = createRuntime({ backends: [counted] });
  const ids = async () => (await runtime.states()).flatMap(({ models }) => models.map(({ id }) => id));
  expect(await ids()).toEqual(["a"]);
  expect(await ids()).toEqual(["a"]);
  expect(asked).toBe(1);
});

test("the record store that was given is the one that the runtime tells of", () => {
  const records = createMemoryRecordStore();
  expect(createRuntime({ records }).records).toBe(records);
});
