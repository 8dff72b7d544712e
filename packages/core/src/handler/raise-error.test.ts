import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

test("fails with the text as the message", async () => {
  const { error, step } = await runTask({ handler: "raise_error", prompt_template: "No {{.input}}!" }, "luck");
  expect(error).toEqual({ code: "raised", message: "No luck!", failure: "chain" });
  expect(step).toMatchObject({ outcome: "", transition: "", outputType: "any" });
});

test("is not made again: the chain itself decided it", async () => {
  const { step } = await runTask({ handler: "raise_error", retry_on_failure: 3 }, "no");
  expect(step?.attempt).toBe(1);
});
