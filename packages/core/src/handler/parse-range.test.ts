import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

const ask = (reply: string, structured = false) =>
  runTask({ handler: "parse_range" }, "Between what?", { replies: [reply], structured });

test.each([
  ["5-7", "5-7"],
  ["6-8 points", "6-8"],
  ["7-5", "7-5"],
  ["from 1.50 to 2", "1.50-2"],
  ["3 – 4", "3-4"],
  ["10..20", "10-20"],
  ["-5--3", "-5--3"],
  ["5", "5-5"],
  ['{"answer":"5-7"}', "5-7"],
])("the reply %j is %s", async (reply, output) => {
  const run = await ask(reply);
  expect([run.output, run.outputType, run.step?.outcome]).toEqual([output, "string", output]);
});

test("a reply without a number is no range", async () => {
  const { error } = await ask("a lot");
  expect(error).toMatchObject({
    failure: "reply",
    message: 'the model was to answer a range such as 5-7, and answered "a lot"',
  });
});

test("asks models that obey a shape for one", async () => {
  const { backend } = await ask('{"answer":"5-7"}', true);
  expect(backend.calls[0]).toMatchObject({
    responseFormat: { schema: { properties: { answer: { type: "string", pattern: expect.any(String) } } } },
  });
  const [, pattern = ""] = /"pattern":"(.*?)"[,}]/.exec(JSON.stringify(backend.calls[0])) ?? [];
  const allowed = new RegExp(JSON.parse(`"${pattern}"`));
  for (const range of ["5-7", "-5--3", "1.50-2"]) expect(allowed.test(range)).toBe(true);
  for (const other of ["", "5", "5-7 points", "-"]) expect(allowed.test(other)).toBe(false);
});
