import { describe, expect, test } from "vitest";
import { goto, programOf } from "../../tests/play-facts.ts";
import type { ExecuteConfig, TaskDefinition } from "../chain/chain.ts";
import { defineChain } from "../chain/define-chain.ts";
import { parseChain } from "../chain/parse-chain.ts";
import { compileChain } from "./compile-chain.ts";
import { type CompiledTask, FINISH } from "./program.ts";

function compiled(task: Partial<TaskDefinition>): CompiledTask {
  const [first] = programOf([{ id: "task", ...task }]).tasks;
  if (first === undefined) throw new Error("a program of one task has a task");
  return first;
}

test("a chain is compiled once", () => {
  const chain = defineChain({ id: "c", tasks: { a: { handler: "noop" } } });
  expect(compileChain(chain)).toBe(compileChain(chain));
});

test.each([undefined, null, 5, "noop", {}, { id: "c", tasks: {} }])("%j is no chain", (chain) => {
  // Safe: what is no chain is what is tested.
  expect(() => compileChain(chain as unknown as Parameters<typeof compileChain>[0])).toThrow(
    expect.objectContaining({ code: "chain_invalid", message: expect.stringContaining("defineChain or parseChain") }),
  );
});

describe("variables", () => {
  test("every name that a chain can set has its own slot", () => {
    const { slots } = programOf([{ id: "a", compose: { withVar: "input" } }, { id: "b" }], {
      variables: { who: "string" },
    });
    expect([...slots.keys()].sort()).toEqual(
      ["input", "previous_output", "error", "failed_task", "who", "a", "a_composed", "b"].sort(),
    );
    expect(new Set(slots.values()).size).toBe(slots.size);
  });

  test("a task named error or failed_task keeps its name for itself", () => {
    const program = programOf([{ id: "error" }, { id: "failed_task" }]);
    expect(program).toMatchObject({ errorSlot: undefined, failedTaskSlot: undefined });
    expect(programOf([{ id: "a" }])).toMatchObject({
      errorSlot: expect.any(Number),
      failedTaskSlot: expect.any(Number),
    });
  });
});

describe("targets", () => {
  test("a name is the first task's of that name", () => {
    const program = programOf([{ id: "a", transition: goto("b") }, { id: "b" }, { id: "b" }]);
    expect(program.tasks[0]?.fallback).toBe(1);
  });

  test("end and nothing are the end, for branches and for on_failure", () => {
    expect(compiled({ transition: goto("end", "end") })).toMatchObject({ fallback: FINISH, onFailure: FINISH });
    expect(compiled({ transition: goto("") })).toMatchObject({ fallback: FINISH, onFailure: undefined });
    expect(compiled({ transition: goto("end", "") }).onFailure).toBeUndefined();
  });
});

describe("timeout", () => {
  test.each([
    [undefined, undefined],
    ["0", undefined],
    ["0s", undefined],
    ["1m30s", 90_000],
    ["250ms", 250],
  ])("%j is %j milliseconds; 0 is none", (timeout, timeoutMs) => {
    expect(compiled(timeout === undefined ? {} : { timeout }).timeoutMs).toBe(timeoutMs);
  });
});

test("a malformed template of a task that is never reached fails only if it is rendered", () => {
  const { chain } = parseChain({
    id: "c",
    tasks: [
      { id: "a", handler: "noop" },
      { id: "lost", handler: "noop", prompt_template: "{{.input" },
    ],
  });
  if (chain === undefined) throw new Error("only reachable tasks have errors");
  const lost = compileChain(chain).tasks[1]?.prompt;
  expect(() => lost?.render({ get: () => undefined, all: () => ({}) })).toThrow(
    expect.objectContaining({ code: "template_syntax" }),
  );
});

test("the templates that a hook renders are read with the chain, those without an action are not", () => {
  const args = { who: "{{.input}}", deep: [{ again: "{{.input}}", plain: "as it is" }] };
  const { templates } = compiled({ hook: { name: "act", args }, outputTemplate: "{{.n}}" });
  expect([...templates.keys()].sort()).toEqual(["{{.input}}", "{{.n}}"]);
  expect(templates.get("{{.n}}")?.renderValue({ n: 5 })).toBe("5");
});

describe("execute_config", () => {
  const merge = (chain: ExecuteConfig, task: ExecuteConfig): ExecuteConfig | undefined =>
    programOf([{ id: "a", executeConfig: task }], { executeConfig: chain }).tasks[0]?.executeConfig;

  test("the chain's is the default of all its tasks, field by field", () => {
    expect(merge({ model: "m", temperature: 0.5, seed: 1 }, { temperature: 0 })).toEqual({
      model: "m",
      temperature: 0,
      seed: 1,
    });
  });

  test("stands alone where only one of them says anything", () => {
    expect(programOf([{ id: "a" }]).tasks[0]?.executeConfig).toEqual({});
    expect(programOf([{ id: "a" }], { executeConfig: { model: "m" } }).tasks[0]?.executeConfig).toEqual({ model: "m" });
    expect(compiled({ executeConfig: { model: "m" } }).executeConfig).toEqual({ model: "m" });
  });

  test("a task that names a model does not want the chain's others", () => {
    expect(merge({ model: "m", models: ["n", "o"] }, { model: "x" })).toEqual({ model: "x" });
    expect(merge({ model: "m", models: ["n"] }, { models: ["x", "y"] })).toEqual({ models: ["x", "y"] });
  });

  test("a task that names a provider does not want the chain's others, and keeps the chain's models", () => {
    expect(merge({ model: "m", provider: "p", providers: ["q"] }, { providers: ["r"] })).toEqual({
      model: "m",
      providers: ["r"],
    });
  });

  test("an empty name says nothing", () => {
    const { chain } = parseChain({
      id: "c",
      execute_config: { model: "m", provider: "p" },
      tasks: [{ id: "a", handler: "noop", execute_config: { model: "", provider: "", models: [], providers: [] } }],
    });
    if (chain === undefined) throw new Error("the chain has no errors");
    expect(compileChain(chain).tasks[0]?.executeConfig).toEqual({ model: "m", provider: "p" });
  });
});

describe("the number of model calls of a step", () => {
  test.each([
    [{}, 3],
    [{ retryOnFailure: 2 }, 3],
    [{ retryOnFailure: 7 }, 8],
    [{ retry: { max: 4 } }, 5],
    [{ retryOnFailure: -1 }, 3],
    [{ retryOnFailure: 7, executeConfig: { routing: { attempts: 1 } } }, 1],
  ])("%j may make %i", (task, tries) => {
    expect(compiled(task).tries).toBe(tries);
  });

  test("the chain's routing counts where the task has none", () => {
    expect(programOf([{ id: "a" }], { executeConfig: { routing: { attempts: 5 } } }).tasks[0]?.tries).toBe(5);
  });
});
