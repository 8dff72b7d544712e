import { describe, expect, test } from "vitest";
import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import { defineChain } from "./define-chain.ts";
import { parseChain } from "./parse-chain.ts";
import type { ChainSource } from "./source/chain-source.ts";

const noop = { handler: "noop" };

/** Defines what the types would refuse, as untyped code can. */
function faultsOf(source: unknown): readonly string[] {
  try {
    // The point is to hand over what is no chain.
    defineChain(source as ChainSource);
  } catch (error) {
    if (error instanceof ChainInvalidError) return error.findings.map(({ code, path }) => `${code} ${path}`);
    throw error;
  }
  return [];
}

describe("defineChain", () => {
  test("gives the same chain for tasks by id and tasks as a list", () => {
    const byId = defineChain({ id: "c", tasks: { a: { ...noop, next: "b" }, b: noop } });
    const list = defineChain({
      id: "c",
      tasks: [
        { id: "a", ...noop, next: "b" },
        { id: "b", ...noop },
      ],
    });
    expect(byId.toJSON()).toEqual(list.toJSON());
    expect(byId.hash).toBe(list.hash);
  });

  test("gives the same chain as its JSON", () => {
    const chain = defineChain({
      id: "triage",
      input: "string",
      tasks: {
        classify: {
          handler: "condition_key",
          promptTemplate: "Is this urgent? Answer urgent or normal.",
          validConditions: { urgent: true, normal: false },
          next: { urgent: "page", default: "reply" },
          onFailure: "reply",
        },
        page: { handler: "hook", hook: { name: "page_on_call", args: { text: "help" } } },
        reply: { handler: "raw_string", promptTemplate: "Write a short reply.", timeout: "30s", retryOnFailure: 2 },
      },
    });
    const { chain: parsed, findings } = parseChain(JSON.parse(JSON.stringify(chain)));
    expect(findings).toEqual([]);
    expect(parsed).toStrictEqual(chain);
    expect(parsed?.hash).toBe(chain.hash);
  });

  test("writes out next as branches, the default last", () => {
    const { tasks } = defineChain({
      id: "c",
      tasks: {
        a: { handler: "raw_string", next: { default: "end", yes: "b", no: "a" } },
        b: { ...noop, next: "end" },
      },
    });
    expect(tasks[0]?.transition.branches).toEqual([
      { operator: "equals", when: "yes", goto: "b" },
      { operator: "equals", when: "no", goto: "a" },
      { operator: "default", when: "", goto: "end" },
    ]);
    expect(tasks[1]?.transition.branches).toEqual([{ operator: "default", when: "", goto: "end" }]);
  });

  test("takes onFailure beside next and inside transition", () => {
    const beside = defineChain({ id: "c", tasks: { a: { ...noop, next: "b", onFailure: "b" }, b: noop } });
    const inside = defineChain({
      id: "c",
      tasks: {
        a: { ...noop, transition: { onFailure: "b", branches: [{ operator: "default", goto: "b" }] } },
        b: noop,
      },
    });
    expect(beside.hash).toBe(inside.hash);
  });

  test("takes numbers in when", () => {
    const { tasks } = defineChain({
      id: "c",
      tasks: {
        a: { handler: "parse_score", transition: { branches: [{ operator: ">", when: 7, goto: "end" }] } },
      },
    });
    expect(tasks[0]?.transition.branches[0]?.when).toBe("7");
  });

  test("freezes the chain and leaves the source alone", () => {
    const source = { id: "c", tasks: { a: { ...noop, next: "end" } } };
    const chain = defineChain(source);
    expect(Object.isFrozen(chain)).toBe(true);
    expect(Object.isFrozen(chain.tasks[0]?.transition.branches)).toBe(true);
    expect(source).toEqual({ id: "c", tasks: { a: { handler: "noop", next: "end" } } });
    expect(Object.isFrozen(source)).toBe(false);
  });

  test.each<[string, unknown, readonly string[]]>([
    ["nothing", undefined, ["not_an_object $"]],
    ["text", "c", ["not_an_object $"]],
    ["no name", { tasks: { a: noop } }, ["missing_field $.id"]],
    ["no tasks", { id: "c", tasks: {} }, ["no_tasks $.tasks"]],
    ["a task that is text", { id: "c", tasks: { a: "noop" } }, ["wrong_type $.tasks.a"]],
    ["a key that is a whole number", { id: "c", tasks: { 7: noop } }, ['integer_task_id $.tasks["7"]']],
    ["an id beside another key", { id: "c", tasks: { a: { ...noop, id: "b" } } }, ["wrong_type $.tasks.a.id"]],
    [
      "a field in the wrong place",
      { id: "c", tasks: { a: { ...noop, system_instruktion: "x" } } },
      ["unknown_field $.tasks.a.system_instruktion"],
    ],
    [
      "a field that the handler does not take",
      { id: "c", tasks: { a: { ...noop, systemInstruction: "x" } } },
      ["unused_field $.tasks.a.systemInstruction"],
    ],
    ["a dangling next", { id: "c", tasks: { a: { ...noop, next: "b" } } }, ["unknown_target $.tasks.a.next"]],
    ["a next that is a number", { id: "c", tasks: { a: { ...noop, next: 5 } } }, ["wrong_type $.tasks.a.next"]],
    ["a next that leads nowhere", { id: "c", tasks: { a: { ...noop, next: {} } } }, ["missing_field $.tasks.a.next"]],
    [
      "outcomes that are all undefined",
      { id: "c", tasks: { a: { ...noop, next: { yes: undefined } } } },
      ["missing_field $.tasks.a.next"],
    ],
    [
      "a retry of no kind of failure",
      { id: "c", tasks: { a: { handler: "raw_string", promptTemplate: "?", retry: { max: 2, on: [] } } } },
      ["missing_field $.tasks.a.retry.on"],
    ],
    [
      "next and branches",
      { id: "c", tasks: { a: { ...noop, next: "end", transition: { branches: [] } } } },
      ["wrong_type $.tasks.a.next"],
    ],
    [
      "onFailure twice",
      { id: "c", tasks: { a: { ...noop, onFailure: "end", transition: { onFailure: "end" } } } },
      ["wrong_type $.tasks.a.onFailure"],
    ],
    ["a task that no run comes to", { id: "c", tasks: { a: noop, b: noop } }, ["unreachable_task $.tasks.b"]],
    ["a cycle without an end", { id: "c", tasks: { a: { ...noop, next: "a" } } }, ["unbounded_cycle $.tasks.a"]],
    ["a task that is null", { id: "c", tasks: { a: null } }, ["wrong_type $.tasks.a"]],
    ["a task that is null in a list", { id: "c", tasks: [null] }, ["wrong_type $.tasks[0]"]],
    ["a next that is null", { id: "c", tasks: { a: { ...noop, next: null } } }, ["wrong_type $.tasks.a.next"]],
    ["a next that is a list", { id: "c", tasks: { a: { ...noop, next: ["b"] } } }, ["wrong_type $.tasks.a.next"]],
    [
      "outcomes that lead to nothing",
      { id: "c", tasks: { a: { handler: "raw_string", next: { "go on": null, default: 5 } } } },
      ['wrong_type $.tasks.a.next["go on"]', "wrong_type $.tasks.a.next.default"],
    ],
    [
      "a dangling target of an outcome, whatever comes before it",
      { id: "c", tasks: { a: { handler: "raw_string", next: { default: "end", yes: "b", no: "end" } } } },
      ["unknown_target $.tasks.a.next.yes"],
    ],
    [
      "faults deep in a task",
      { id: "c", tasks: [{ id: "a", handler: "raw_string", executeConfig: { routing: { attempts: 0 } } }] },
      ["invalid_number $.tasks[0].executeConfig.routing.attempts"],
    ],
    [
      "faults under names of the user's own",
      { id: "c", tasks: { a: { handler: "hook", hook: { name: "h", args: { on_failure: ["{{"] } } } } },
      ["invalid_template $.tasks.a.hook.args.on_failure[0]"],
    ],
    [
      "a condition that is text, which is one fault",
      { id: "c", tasks: { a: { handler: "condition_key", validConditions: { yes: "true" } } } },
      ["wrong_type $.tasks.a.validConditions.yes"],
    ],
    ["tasks in a Map", { id: "c", tasks: new Map([["a", noop]]) }, ["wrong_type $.tasks"]],
    ["a promise of a chain", Promise.resolve({ id: "c", tasks: { a: noop } }), ["wrong_type $"]],
    ["a date as tasks", { id: "c", tasks: new Date(0) }, ["wrong_type $.tasks"]],
    [
      "what throws when it is read",
      {
        id: "c",
        get tasks() {
          throw new Error("no");
        },
      },
      ["wrong_type $"],
    ],
    [
      "a variable nobody sets",
      { id: "c", tasks: { a: { ...noop, inputVar: "b" } } },
      ["unknown_variable $.tasks.a.inputVar"],
    ],
  ])("refuses %s", (_, source, faults) => {
    expect(faultsOf(source)).toEqual(faults);
  });

  test("takes a chain that was parsed, and then asks more of it", () => {
    const { chain } = parseChain({ id: "c", tasks: [{ id: "a", ...noop, prompt_template: "x" }] });
    const { chain: odd } = parseChain({ id: "c", tasks: [{ id: "a", ...noop, note: 1 }] });
    expect(chain && defineChain(chain).hash).toBe(chain?.hash);
    expect(faultsOf(odd)).toEqual(["unknown_field $.tasks[0].note"]);
  });

  test("leaves to the runtime what only the runtime can tell", () => {
    const handlers = { my_own: { execute: () => undefined } };
    const chain = defineChain.with<{ handlers: typeof handlers }>()({ id: "c", tasks: { a: { handler: "my_own" } } });
    expect(chain.tasks[0]?.handler).toBe("my_own");
  });

  test.each<[string, object, RegExp]>([
    [
      "a next that is a number",
      { ...noop, next: 5 },
      /expected `next` to be a task's id, or for each outcome one, got a number/,
    ],
    [
      "an outcome that is null",
      { ...noop, next: { default: null } },
      /expected `next` to lead `default` to a task's id, or to `end`, got null/,
    ],
    ["a missing part", { handler: "condition_key" }, /needs `validConditions`/],
    ["a field of the wire", { ...noop, promt_template: "x" }, /did you mean `promptTemplate`/],
    [
      "a field one level too high",
      { ...noop, temperature: 0 },
      /stands in `executeConfig`.*executeConfig: \{ temperature: 0 \}/,
    ],
    [
      "a field in two spellings",
      { ...noop, prompt_template: "x", promptTemplate: "y" },
      /`promptTemplate` means the same field as `prompt_template`, which is taken; remove `promptTemplate`/,
    ],
    [
      "a cycle of failures",
      { handler: "raw_string", onFailure: "a" },
      /tasks\.a\.onFailure: .*`onFailure` that leads on/,
    ],
  ])("speaks the language of code of %s", (_, task, words) => {
    expect(() => Reflect.apply(defineChain, undefined, [{ id: "c", tasks: { a: task } }])).toThrow(words);
  });

  test("leaves the names alone that a chain itself has", () => {
    const source = { id: "c", tasks: { input_var: { ...noop, next: "on_failure" }, prompt_template: noop } };
    expect(() => Reflect.apply(defineChain, undefined, [source])).toThrow(/task `input_var` goes to `on_failure`/);
  });

  test.each<[unknown, string]>([
    [new Map(), "a Map: give `Object.fromEntries` of it"],
    [new Set(), "a Set: give a list"],
    [new Date(0), "a Date: give its `toISOString()`"],
    [Promise.resolve(), "a Promise: `await` it first"],
  ])("says what to do with %o", (value, advice) => {
    const chain = { id: "c", tasks: { a: { handler: "hook", hook: { name: "h", args: { value } } } } };
    expect(() => Reflect.apply(defineChain, undefined, [chain])).toThrow(advice);
  });

  test("names in its error what is wrong, where, and what was probably meant", () => {
    const source = { id: "c", tasks: { start: { ...noop, next: "relpy" }, reply: noop } };
    expect(() => defineChain(source)).toThrow(
      /chain "c" cannot be run:\n {2}\$\.tasks\.start\.next: .*`relpy`.*\(did you mean `reply`\?\)/,
    );
    expect(() => defineChain(source)).toThrow(expect.objectContaining({ code: "chain_invalid", failure: "chain" }));
  });
});
