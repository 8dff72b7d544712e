import { describe, expect, test } from "vitest";
import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import type { ChainSource } from "./chain-source.ts";
import { defineChain } from "./define-chain.ts";
import { parseChain } from "./parse-chain.ts";

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
    ["a task that is text", { id: "c", tasks: { a: "noop" } }, ["wrong_type $.tasks[0]"]],
    ["a key that is a whole number", { id: "c", tasks: { 7: noop } }, ["integer_task_id $.tasks[0].id"]],
    ["an id beside another key", { id: "c", tasks: { a: { ...noop, id: "b" } } }, ["wrong_type $.tasks[0].id"]],
    [
      "a field in the wrong place",
      { id: "c", tasks: { a: { ...noop, system_instruktion: "x" } } },
      ["unknown_field $.tasks[0].system_instruktion"],
    ],
    [
      "a field that the handler does not take",
      { id: "c", tasks: { a: { ...noop, systemInstruction: "x" } } },
      ["unused_field $.tasks[0].system_instruction"],
    ],
    [
      "a dangling next",
      { id: "c", tasks: { a: { ...noop, next: "b" } } },
      ["unknown_target $.tasks[0].transition.branches[0].goto"],
    ],
    [
      "a next that is a number",
      { id: "c", tasks: { a: { ...noop, next: 5 } } },
      ["wrong_type $.tasks[0].transition.branches"],
    ],
    [
      "next and branches",
      { id: "c", tasks: { a: { ...noop, next: "end", transition: { branches: [] } } } },
      ["wrong_type $.tasks[0].transition.branches"],
    ],
    [
      "onFailure twice",
      { id: "c", tasks: { a: { ...noop, onFailure: "end", transition: { onFailure: "end" } } } },
      ["wrong_type $.tasks[0].transition.on_failure"],
    ],
    ["a task that no run comes to", { id: "c", tasks: { a: noop, b: noop } }, ["unreachable_task $.tasks[1]"]],
    ["a cycle without an end", { id: "c", tasks: { a: { ...noop, next: "a" } } }, ["unbounded_cycle $.tasks[0]"]],
    [
      "a variable nobody sets",
      { id: "c", tasks: { a: { ...noop, inputVar: "b" } } },
      ["unknown_variable $.tasks[0].input_var"],
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

  test("names in its error what is wrong, where, and what was probably meant", () => {
    const source = { id: "c", tasks: { start: { ...noop, next: "relpy" }, reply: noop } };
    expect(() => defineChain(source)).toThrow(
      /chain "c" cannot be run:\n {2}\$\.tasks\[0\]\.transition\.branches\[0\]\.goto: .*`relpy`.*\(did you mean `reply`\?\)/,
    );
    expect(() => defineChain(source)).toThrow(expect.objectContaining({ code: "chain_invalid", failure: "chain" }));
  });
});
