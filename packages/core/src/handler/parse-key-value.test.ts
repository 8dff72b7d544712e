import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

test("reads pairs; the outcome is parsed", async () => {
  const { output, outputType, step } = await runTask({ handler: "parse_key_value" }, "name=Ann, age=30");
  expect([output, outputType, step?.outcome]).toEqual([{ name: "Ann", age: 30 }, "json", "parsed"]);
});

test("an empty text has none", async () => {
  expect((await runTask({ handler: "parse_key_value" }, "")).output).toEqual({});
});

test("an object stays what it is, an array is refused", async () => {
  const run = (input: unknown) => runTask({ handler: "parse_key_value" }, input, { inputType: "json" });
  expect((await run({ a: [1] })).output).toEqual({ a: [1] });
  expect((await run([1])).error?.code).toBe("type_mismatch");
});

test("says which part is no pair", async () => {
  const { error } = await runTask({ handler: "parse_key_value" }, "a=1, hello");
  expect(error).toMatchObject({
    code: "pairs_invalid",
    failure: "chain",
    message: 'task task could not read pairs of keys and values: "hello" has neither = nor : between a key and a value',
  });
});
