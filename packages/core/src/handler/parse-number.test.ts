import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

const ask = (reply: string, structured = false) =>
  runTask({ handler: "parse_number" }, "How many?", { replies: [reply], structured });

test.each([
  ["42", 42, "42"],
  [" 7 out of 10\n", 7, "7"],
  ["I count 1,234 of them.", 1234, "1234"],
  ["1 000 000", 1_000_000, "1000000"],
  ["GPT-4 says 7", 7, "7"],
  ["5kg", 5, "5"],
  ["-3", -3, "-3"],
  ["8.0", 8, "8"],
  ["-0", 0, "0"],
  ["1e18", 1e18, "1000000000000000000"],
  ['{"answer": 9}', 9, "9"],
])("the reply %j is %d", async (reply, output, outcome) => {
  const run = await ask(reply);
  expect([run.output, run.outputType, run.step?.outcome]).toEqual([output, "int", outcome]);
});

test.each([
  ["none", '"none"'],
  ["2.5", "2.5"],
  ["NaN", '"NaN"'],
  ["infinity", '"infinity"'],
  ["99999999999999999999", "100000000000000000000"],
])("the reply %j is no whole number", async (reply, quoted) => {
  const { error } = await ask(reply);
  expect(error).toMatchObject({
    code: "reply_invalid",
    failure: "reply",
    message: `the model was to answer a whole number, and answered ${quoted}`,
  });
});

test("asks models that obey a shape for an integer", async () => {
  const { backend, output } = await ask('{"answer":3}', true);
  expect(output).toBe(3);
  expect(backend.calls[0]).toMatchObject({
    responseFormat: { type: "json", schema: { properties: { answer: { type: "integer" } }, required: ["answer"] } },
  });
});
