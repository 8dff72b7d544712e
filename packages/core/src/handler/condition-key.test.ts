import { describe, expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

const task = { handler: "condition_key", valid_conditions: { yes: true, no: false, maybe: true } };
const ask = (reply: string, structured = false) => runTask(task, "Is it?", { replies: [reply], structured });

test.each([
  ["yes", true, "yes", "true"],
  ["No.", false, "no", "false"],
  ['"MAYBE"', true, "maybe", "true"],
])("the reply %j gives %j, the outcome %s and the transition %s", async (reply, output, outcome, transition) => {
  const run = await ask(reply);
  expect([run.output, run.outputType]).toEqual([output, "bool"]);
  expect(run.step).toMatchObject({ outcome, transition });
});

test.each(["perhaps", "yes, but", "{}"])("the reply %j fails and names what was allowed", async (reply) => {
  const { error } = await ask(reply);
  expect(error).toMatchObject({
    code: "reply_invalid",
    failure: "reply",
    message: `the model was to answer one of "yes", "no", "maybe", and answered ${JSON.stringify(reply)}`,
  });
});

test("quotes only the beginning of a long reply", async () => {
  const { error } = await ask("x".repeat(500));
  expect(error?.message.length).toBeLessThan(180);
});

describe("the shape", () => {
  const answer = { type: "string", enum: ["yes", "no", "maybe"] };

  test("is asked for of a model that obeys one, and read out of it", async () => {
    const { output, step, backend } = await ask('{"answer":"no"}', true);
    expect([output, step?.outcome]).toEqual([false, "no"]);
    expect(backend.calls[0]).toMatchObject({ responseFormat: { type: "json", schema: { properties: { answer } } } });
  });

  test("is not asked for of others", async () => {
    const { backend } = await ask("no");
    expect(backend.calls[0]).toMatchObject({ responseFormat: undefined });
  });

  test("need not be kept: prose is understood all the same, and so is an object nobody asked for", async () => {
    expect((await ask("No", true)).output).toBe(false);
    expect((await ask('{"answer":"no"}')).output).toBe(false);
  });
});
