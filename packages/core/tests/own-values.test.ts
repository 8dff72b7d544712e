import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Handler } from "../src/handler/handler.ts";
import type { HookInvocation } from "../src/hook/hook.ts";
import { createMemoryRunStore } from "../src/store/memory-run-store.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";

/** Changes what it is not to change, as JavaScript lets it. Whether that was refused. */
function spoil(value: unknown): boolean {
  return !Reflect.set(Object(value), "x", 99);
}

const json = { inputType: "json" } as const;
const passOn = chainOf([
  { id: "a", handler: "noop", transition: to("b") },
  { id: "b", handler: "noop" },
]);

describe("what a caller gave", () => {
  test("can be changed after the start without changing the run", async () => {
    await using runtime = createRuntime();
    const input = { x: 1, list: [1] };
    const run = runtime.start(passOn, input, json);
    input.x = 2;
    input.list.push(2);
    expect(await run.result()).toMatchObject({ status: "ok", output: { x: 1, list: [1] } });
    expect(Object.isFrozen(input)).toBe(false);
  });

  test("is not shared with the run where it is a variable", async () => {
    await using runtime = createRuntime();
    const given = { x: 1 };
    const chain = chainOf({ handler: "noop", input_var: "given" }, { variables: { given: "json" } });
    const run = runtime.start(chain, "Hi", { variables: { given } });
    given.x = 2;
    expect(await run.result()).toMatchObject({ output: { x: 1 } });
  });
});

test("what a run put out belongs to the caller, and what is recorded stays as it was", async () => {
  const store = createMemoryRunStore();
  await using runtime = createRuntime({ store });
  const { output, runId } = await runtime.run(passOn, { x: 1, inner: { x: 1 } }, json);
  expect([spoil(output), spoil(Reflect.get(Object(output), "inner"))]).toEqual([false, false]);
  expect(await runtime.runs.get(runId)).toMatchObject({ state: { output: { value: { x: 1, inner: { x: 1 } } } } });
});

test("a hook cannot change what it is called with in the run", async () => {
  const refused: boolean[] = [];
  const hook = ({ input, args }: HookInvocation) => {
    refused.push(spoil(input), spoil(input.value), spoil(Reflect.get(Object(input.value), "list")));
    spoil(args);
    return { done: true };
  };
  await using runtime = createRuntime({ hooks: { hook } });
  const given = { x: 1, list: [{ x: 1 }] };
  const chain = chainOf([
    { id: "a", handler: "hook", hook: { name: "hook", args: { some: "{{.input}}" } }, transition: to("b") },
    { id: "b", handler: "noop", input_var: "input" },
  ]);
  const { output } = await runtime.run(chain, given, json);
  expect(refused).toEqual([true, true, true]);
  expect(output).toEqual(given);
  expect(given).toEqual({ x: 1, list: [{ x: 1 }] });
});

test("a hook cannot change an answer that it gave", async () => {
  const answer = { x: 1 };
  const change = () => spoil(answer);
  const hooks = { give: () => answer, change };
  await using runtime = createRuntime({ hooks });
  const chain = chainOf([
    { id: "a", handler: "hook", hook: { name: "give" }, transition: to("b") },
    { id: "b", handler: "hook", hook: { name: "change" }, transition: to("c") },
    { id: "c", handler: "noop", input_var: "a" },
  ]);
  expect((await runtime.run(chain, "Hi")).output).toEqual({ x: 1 });
});

test("a custom handler cannot change variables, nor what it returned", async () => {
  const mine = { x: 1 };
  const refused: boolean[] = [];
  const give: Handler = { execute: () => ({ output: { type: "json", value: mine }, outcome: "ok" }) };
  const change: Handler = {
    execute(context) {
      mine.x = 2;
      for (const variable of [context.input, context.variable("a"), context.variable("input")])
        refused.push(spoil(variable), spoil(variable?.value));
      return { output: context.input, outcome: "ok" };
    },
  };
  await using runtime = createRuntime({ handlers: { give, change } });
  const chain = chainOf([
    { id: "a", handler: "give", transition: to("b") },
    { id: "b", handler: "change", transition: to("c") },
    { id: "c", handler: "noop", input_var: "a" },
  ]);
  expect((await runtime.run(chain, { y: 1 }, json)).output).toEqual({ x: 1 });
  expect(refused).toEqual(Array(6).fill(true));
  expect(Object.isFrozen(mine)).toBe(false);
});

test("what the engine makes itself cannot be changed either", async () => {
  const refused: boolean[] = [];
  const look: Handler = {
    execute(context) {
      for (const name of ["error", "failed_task", "b_composed"]) {
        const variable = context.variable(name);
        if (variable !== undefined) refused.push(spoil(variable));
      }
      refused.push(spoil(context.variable("b_composed")?.value), spoil(context.input));
      return { output: context.input, outcome: "ok" };
    },
  };
  await using runtime = createRuntime({ handlers: { look } });
  const chain = chainOf(
    [
      { id: "a", handler: "raise_error", transition: to("end", "b") },
      { id: "b", handler: "noop", input_var: "more", compose: { with_var: "input" }, transition: to("c") },
      { id: "c", handler: "look", prompt_template: "{{.error}}{{.failed_task}}" },
    ],
    { variables: { more: "json" } },
  );
  await runtime.run(chain, { x: { y: 1 } }, { ...json, variables: { more: { z: 1 } } });
  expect(refused).toEqual(Array(5).fill(true));
});

test("what a listener is given of an output is the run's own, and cannot be changed", async () => {
  await using runtime = createRuntime();
  const refused: boolean[] = [];
  runtime.on("run_completed", ({ output }) => refused.push(spoil(output), spoil(output.value)));
  await runtime.run(passOn, { x: 1 }, json);
  expect(refused).toEqual([true, true]);
});

test("a run that was looked up can be changed without changing the run", async () => {
  await using runtime = createRuntime();
  const { runId } = await runtime.run(passOn, { x: 1 }, json);
  const looked = await runtime.runs.get(runId);
  for (const part of [looked?.state, looked?.steps, looked?.facts[0], looked?.steps[0]]) spoil(part);
  const again = await runtime.runs.get(runId);
  for (const part of [again?.state, again?.steps, again?.facts[0], again?.steps[0]])
    expect(part).not.toHaveProperty("x");
});

test("a provider may rewrite the tools that it is given", async () => {
  const backend = scriptedBackend();
  const spoiled: boolean[] = [];
  const { languageModel } = backend;
  backend.languageModel = (id) => {
    const model = languageModel.call(backend, id);
    const { doGenerate } = model;
    model.doGenerate = (call) => {
      for (const tool of call.tools ?? []) spoiled.push(spoil(tool), spoil(Reflect.get(tool, "inputSchema")));
      return doGenerate.call(model, call);
    };
    return model;
  };
  await using runtime = createRuntime({ backends: [backend] });
  const parameters = { type: "object", properties: {} };
  const request = {
    model: "scripted",
    messages: [{ role: "user", content: "Hi" }],
    tools: [{ type: "function", function: { name: "find", parameters } }],
  };
  await runtime.run(chainOf({ handler: "model_execution" }), request, { inputType: "openai_chat" });
  expect(spoiled).toEqual([false, false]);
});
