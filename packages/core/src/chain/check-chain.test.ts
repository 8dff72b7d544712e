import { expect, test } from "vitest";
import { templateTexts } from "./analysis/template-texts.ts";
import type { ChainDefinition, TaskDefinition } from "./chain.ts";
import { checkChain } from "./check-chain.ts";
import { parseChain } from "./parse-chain.ts";
import { FIELDS } from "./wire/fields.ts";

const COUNT = 20_000;

/** Every task reads the one before and goes to the next; the last goes back to the first. */
function ring(count: number): ChainDefinition {
  const tasks = Array.from({ length: count }, (_, index): TaskDefinition => {
    const before = `t${(index + count - 1) % count}`;
    const branches = [{ operator: "default", when: "", goto: `t${(index + 1) % count}` } as const];
    return { id: `t${index}`, handler: "noop", inputVar: before, transition: { branches, onFailure: "nowhere" } };
  });
  return { id: "ring", tasks };
}

test("a ring of tasks is one cycle without an end", () => {
  expect(checkChain(ring(50)).filter(({ code }) => code === "unbounded_cycle")).toHaveLength(1);
});

test("a chain of very many tasks is checked all the same, but for what takes too long", () => {
  const findings = checkChain(ring(COUNT));
  expect(findings.filter(({ code }) => code === "unknown_target")).toHaveLength(COUNT);
  expect(findings.filter(({ code }) => code === "unbounded_cycle")).toHaveLength(1);
});

test("among very many branches those that are equal are found all the same", () => {
  const ways = Array.from({ length: COUNT }, (_, index) => ({ operator: "equals", when: `w${index}`, goto: "end" }));
  const branches = [
    ...ways,
    ways[7],
    { operator: "default", goto: "end" },
    { operator: "default", when: "x", goto: "end" },
  ];
  const { findings } = parseChain({ id: "c", tasks: [{ id: "a", handler: "raw_string", transition: { branches } }] });
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ["unreachable_branch", `$.tasks[0].transition.branches[${COUNT}]`],
    ["unreachable_branch", `$.tasks[0].transition.branches[${COUNT + 2}]`],
  ]);
});

test("every field that is a template is checked as one", () => {
  const names = FIELDS.task
    .filter(({ value }) => "syntax" in value && value.syntax === "template")
    .map(({ name }) => name);
  const texts = Object.fromEntries(names.map((name) => [name, name]));
  const found = templateTexts({ id: "a", handler: "other", transition: { branches: [] }, ...texts }, "$.tasks[0]");
  expect(found.map(({ source }) => source)).toEqual(names);
});

test.each([
  ["a target", { transition: { branches: [{ operator: "default", goto: "END" }] } }, "end"],
  ["a target that is a task", { transition: { branches: [{ operator: "default", goto: "A" }] } }, "a"],
  ["an operator in other words", { transition: { branches: [{ operator: "==", goto: "end" }] } }, "equals"],
  [
    "an operator in another case",
    { transition: { branches: [{ operator: "startsWith", goto: "end" }] } },
    "starts_with",
  ],
  ["a strategy", { compose: { with_var: "input", strategy: "overide" } }, "override"],
  ["a handler", { handler: "Noop " }, "noop"],
  ["a duration without a unit", { timeout: "30" }, "30s"],
  ["a duration in capitals", { timeout: "10S" }, "10s"],
  ["a duration with blanks", { timeout: " 1m " }, "1m"],
  ["a negative duration", { timeout: "-5s" }, "5s"],
  ["a variable", { input_var: "previous_ouput" }, "previous_output"],
])("what was probably meant is said of %s", (_, fields, meant) => {
  const { findings } = parseChain({ id: "c", tasks: [{ id: "a", handler: "noop", ...fields }] });
  expect(findings[0]?.suggestion).toBe(meant);
});
