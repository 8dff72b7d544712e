import { expect, test } from "vitest";
import { chainOf } from "../../tests/fixtures/chain-of.ts";
import { runTask } from "../../tests/fixtures/run-task.ts";

const ask = (reply: string, structured = false) =>
  runTask({ handler: "parse_score" }, "How good?", { replies: [reply], structured });

test.each([
  ["8", 8, "8.00"],
  ["Rating: 8.5/10", 8.5, "8.50"],
  ["0.125", 0.125, "0.12"],
  ["-1.5", -1.5, "-1.50"],
  ['{"answer": 0.9}', 0.9, "0.90"],
])("the reply %j is %d, and its transition %s", async (reply, output, transition) => {
  const run = await ask(reply);
  expect([run.output, run.outputType, run.step?.transition]).toEqual([output, "float", transition]);
});

test.each(["great", "NaN", "-inf"])("the reply %j is no number", async (reply) => {
  const { error } = await ask(reply);
  expect(error).toMatchObject({
    failure: "reply",
    message: `the model was to answer a number, and answered ${JSON.stringify(reply)}`,
  });
});

test.each([
  ["equals", "8", "8", true],
  ["equals", "8.00", "8", true],
  ["equals", "8.004", "8.004", true],
  ["equals", "8", "8.004", false],
  [">", "8", "8.004", true],
  ["<", "8.004", "8.001", true],
  ["in_range", "8.001-8.01", "8.004", true],
  ["in_range", "8.001-8.01", "8", false],
])("`%s` %j of the reply %s: %j", async (operator, when, reply, matches) => {
  const transition = {
    branches: [
      { operator, when, goto: "hit" },
      { operator: "default", when: "", goto: "end" },
    ],
  };
  const hit = { id: "hit", handler: "noop", prompt_template: "hit" };
  const { tasks } = chainOf([{ handler: "parse_score", transition }, hit]);
  const run = await runTask({ handler: "noop" }, "x", {
    replies: [reply],
    chain: { tasks: JSON.parse(JSON.stringify(tasks)) },
  });
  expect(run.output === "hit").toBe(matches);
});
