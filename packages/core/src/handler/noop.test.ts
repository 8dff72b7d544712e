import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";
import type { DataType } from "../value/data-type.ts";

test.each<readonly [DataType, unknown]>([
  ["string", "Hi"],
  ["int", 5],
  ["bool", false],
  ["json", { a: [1, null] }],
  ["vector", [1, 2]],
  ["any", null],
])("passes %s %j on", async (inputType, input) => {
  const { output, outputType, step, backend } = await runTask({ handler: "noop" }, input, { inputType });
  expect([output, outputType, step?.outcome]).toEqual([input, inputType, "noop"]);
  expect(backend.calls).toEqual([]);
});

test("passes on what its template renders to, as a string", async () => {
  const run = await runTask({ handler: "noop", prompt_template: "{{.input}}!" }, 5, { inputType: "int" });
  expect([run.output, run.outputType]).toEqual(["5!", "string"]);
});
