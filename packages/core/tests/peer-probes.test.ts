import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { createMemoryRunStore } from "../src/store/memory-run-store.ts";
import { chainOf, type TaskJson, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

/** What other libraries let pass when it was tried, and where it is held here: a file beside this one, and a text that stands in it. */
interface Probe {
  readonly peer: string;
  readonly probe: string;
  readonly held: readonly (readonly [file: string, text: string])[];
}

const HERE = "peer-probes.test.ts";
const GRAPH = "corpus/chains.ts";
const CHAINS = (name: string) => `corpus/chain-${name}.ts`;
const REFUSED = (name: string) => `types/refused/${name}.ts`;

const PROBES: readonly Probe[] = [
  {
    peer: "LangGraph",
    probe: "an edge to a node that is not there ends the run as if it had succeeded",
    held: [
      [REFUSED("targets"), 'id: "goto"'],
      [REFUSED("targets"), 'id: "next_by_outcome"'],
      [REFUSED("targets"), 'id: "list_of_ways"'],
      [GRAPH, "a target that is misspelt"],
      ["../src/chain/define-chain.test.ts", "names in its error what is wrong, where, and what was probably meant"],
      [HERE, "a chain with a target that is no task runs none of its tasks"],
    ],
  },
  {
    peer: "LangGraph",
    probe: "a node that was interrupted runs again from its top when the run goes on",
    held: [
      ["engine.property.test.ts", "is played again from its facts: the same state, effects and events"],
      ["engine.property.test.ts", "goes on from a state that was written as JSON as it would have gone on"],
      ["driver.property.test.ts", "what is kept of a run, at any point of it, plays again to where it stands"],
      ["../src/run/attempt-context.test.ts", "lets the same attempt be made again without doing anything again"],
    ],
  },
  {
    peer: "LangGraph",
    probe: "what is kept of a run grows with the square of what it produced",
    held: [[HERE, "what is kept of a run grows with what its tasks produced, and not with its square"]],
  },
  {
    peer: "Mastra",
    probe: "of two branches that match both are taken",
    held: [
      ["../src/engine/choose-branch.test.ts", "the first branch that matches is taken"],
      [HERE, "of two branches that match one is taken"],
    ],
  },
  {
    peer: "Mastra",
    probe: "where no branch matches the run goes on with nothing and succeeds",
    held: [
      ["../src/engine/choose-branch.test.ts", "without a match and a default the task fails"],
      [HERE, "where no branch matches the run fails"],
    ],
  },
  {
    peer: "Mastra",
    probe: "what breaks the schema of a step's or a workflow's output is handed out as a success",
    held: [
      ["contracts.test.ts", "fails the task that would end the run, which is not tried again for it"],
      ["contracts.test.ts", "holds a hook to it, which is tried again where the task says so"],
      ["contracts.test.ts", "holds a custom handler to it"],
    ],
  },
  {
    peer: "Mastra",
    probe: "a declared output that the last step never gives compiles",
    held: [
      [REFUSED("contracts"), 'id: "a_number_of_a_text"'],
      [REFUSED("contracts"), 'id: "one_ending_of_two"'],
      [CHAINS("contracts"), "an object that a task of text would have to give"],
    ],
  },
  {
    peer: "Mastra",
    probe: "what one step needs and the one before it does not give is refused, which is right",
    held: [
      [REFUSED("contracts"), 'id: "object_as_prompt"'],
      [CHAINS("flow"), "a vector as a prompt"],
      [CHAINS("contracts"), "an object as input where a later task needs a text"],
    ],
  },
  {
    peer: "Mastra",
    probe: "the result of a step that is not there is a value of which nothing is known",
    held: [
      [REFUSED("variables"), 'id: "input_var"'],
      [REFUSED("variables"), 'id: "prompt_template"'],
      [CHAINS("templates"), "a variable that is misspelt"],
    ],
  },
  {
    peer: "Mastra",
    probe: "a loop without a bound goes on for ever",
    held: [
      [GRAPH, "a task that goes to itself for ever"],
      ["engine.property.test.ts", "ends every run, if only with its step budget, and says why"],
      [HERE, "a loop without a bound ends with the budget of steps"],
    ],
  },
  {
    peer: "Mastra",
    probe: "a tool that is not there is refused with a code and a path, which is right",
    held: [
      ["corpus/known-runtime.ts", "a misspelt hook"],
      [REFUSED("hooks"), 'id: "name"'],
    ],
  },
  {
    peer: "VoltAgent",
    probe: "input of the wrong type is taken",
    held: [
      [REFUSED("runs"), "await runtime.run(rating, 42);"],
      ["../src/create-runtime.test.ts", "that is not of its type is refused, and so is a type that there is not"],
      ["contracts.test.ts", "fails the first task with what does not, before it begins"],
    ],
  },
  {
    peer: "VoltAgent",
    probe: "a result of the wrong type is handed out, and compiles",
    held: [
      [REFUSED("runs"), "export const text: string = output;"],
      [REFUSED("runs"), "export const certain: string = sorted.level;"],
      ["contracts.test.ts", "fails the task that would end the run, which is not tried again for it"],
    ],
  },
  {
    peer: "VoltAgent",
    probe: "what a step gave is of any type, and the last one's replaces it",
    held: [
      [REFUSED("variables"), 'id: "property"'],
      [HERE, "what a task gave stays under its own name"],
    ],
  },
  {
    peer: "XState",
    probe: "a target that is not there compiles, and throws when the machine is made, which is right",
    held: [
      [REFUSED("targets"), 'id: "on_failure"'],
      ["../src/chain/define-chain.test.ts", "names in its error what is wrong, where, and what was probably meant"],
    ],
  },
  {
    peer: "GraphAI",
    probe: "a node or an agent that is not there is an error before anything runs, which is right",
    held: [
      [GRAPH, "a failure target that is not there"],
      ["corpus/known-runtime.ts", "a misspelt custom handler"],
    ],
  },
  {
    peer: "GraphAI",
    probe: "a property that is not there is undefined, and nobody is told",
    held: [
      [REFUSED("variables"), 'id: "property_of_a_library"'],
      [CHAINS("properties"), "a property that is misspelt"],
      [CHAINS("properties"), "properties in a list, in a with, by index and through a variable"],
    ],
  },
];

test.each(PROBES.flatMap(({ peer, probe, held }) => held.map(([file, text]) => ({ peer, probe, file, text }))))(
  "$peer: $probe; held by $file",
  ({ file, text }) => {
    expect(readFileSync(join(import.meta.dirname, file), "utf8")).toContain(text);
  },
);

const when = (word: string, goto: string) => ({ operator: "equals", when: word, goto });
const command: TaskJson = { id: "command", handler: "parse_transition" };

describe("tried here", () => {
  test("a chain with a target that is no task runs none of its tasks", async () => {
    let calls = 0;
    const runtime = createRuntime({ hooks: { count: () => (calls += 1) } });
    const count: TaskJson = { id: "count", handler: "hook", hook: { name: "count" }, transition: to("nowhere") };
    expect(() => chainOf(count)).toThrow();
    // Neither does what somebody only says is a chain.
    const error = await errorOf(Reflect.apply(runtime.run, undefined, [{ id: "c", tasks: [count] }, "x"]));
    expect(error).toMatchObject({ code: "chain_invalid" });
    expect(calls).toBe(0);
  });

  test("of two branches that match one is taken", async () => {
    const taken: string[] = [];
    const take = (name: string) => () => void taken.push(name);
    const runtime = createRuntime({ hooks: { first: take("first"), second: take("second") } });
    const chain = chainOf([
      {
        ...command,
        transition: { branches: [when("go", "first"), { operator: "contains", when: "g", goto: "second" }] },
      },
      { id: "first", handler: "hook", hook: { name: "first" } },
      { id: "second", handler: "hook", hook: { name: "second" } },
    ]);
    await runtime.run(chain, "/go");
    expect(taken).toEqual(["first"]);
  });

  test("where no branch matches the run fails", async () => {
    const chain = chainOf({ ...command, transition: { branches: [when("go", "end")] } });
    expect(await errorOf(createRuntime().run(chain, "/stop"))).toMatchObject({ cause: { code: "no_branch_matched" } });
  });

  test("a loop without a bound ends with the budget of steps", async () => {
    const chain = chainOf({ id: "again", handler: "noop", transition: to("again") });
    const error = await errorOf(createRuntime({ stepBudget: 30 }).run(chain, "x"));
    expect(error).toMatchObject({ code: "step_budget_exceeded", run: { steps: { length: 30 } } });
  });

  test("what a task gave stays under its own name", async () => {
    const chain = chainOf([
      { id: "one", handler: "noop", prompt_template: "first", transition: to("two") },
      { id: "two", handler: "noop", prompt_template: "second", transition: to("three") },
      { id: "three", handler: "noop", prompt_template: "{{.one}} {{.two}} {{.input}}" },
    ]);
    expect((await createRuntime().run(chain, "x")).output).toBe("first second x");
  });

  test("what is kept of a run grows with what its tasks produced, and not with its square", async () => {
    const [ten = 0, twenty = 0] = await Promise.all([10, 20].map(keptBytes));
    expect(ten).toBeGreaterThan(10 * PART);
    expect(twenty).toBeLessThan(ten * 2.1);
    // A full copy of the state after each of ten steps would be 55 parts.
    expect(ten).toBeLessThan(40 * PART);
  });
});

const PART = 10_000;

/** How much is kept of a run in which so many tasks each produce a part. */
async function keptBytes(tasks: number): Promise<number> {
  const store = createMemoryRunStore();
  const runtime = createRuntime({ store, hooks: { produce: () => "x".repeat(PART) } });
  const chain = chainOf(
    Array.from({ length: tasks }, (_, index): TaskJson => {
      const task = { id: `t${index}`, handler: "hook", hook: { name: "produce" } };
      return index + 1 < tasks ? { ...task, transition: to(`t${index + 1}`) } : task;
    }),
  );
  const { runId } = await runtime.run(chain, "x");
  const events = await store.readEvents(runId, 0);
  return JSON.stringify([await store.load(runId), events]).length;
}
