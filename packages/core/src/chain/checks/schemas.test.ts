import { expect, test } from "vitest";
import { parseChain } from "../parse-chain.ts";

const told = (chain: Readonly<Record<string, unknown>>) =>
  parseChain({ id: "c", tasks: [{ id: "a", handler: "raw_string" }], ...chain }).findings.map(
    ({ severity, code, path }) => `${severity} ${code} ${path}`,
  );

test("says where the schemas of a chain are wrong", () => {
  expect(told({ input: { type: "text" }, output: { properties: { a: { pattern: "(" } } } })).toEqual([
    "error invalid_schema $.input.type",
    "error invalid_schema $.output.properties.a.pattern",
  ]);
});

test("says where the schemas of tasks are wrong, and only warns about those that no run comes to", () => {
  const tasks = ["a", "b"].map((id) => ({ id, handler: "raw_string", output: { $ref: "https://example.com/schema" } }));
  expect(told({ tasks })).toEqual([
    "error invalid_schema $.tasks[0].output.$ref",
    "warning invalid_schema $.tasks[1].output.$ref",
    "warning unreachable_task $.tasks[1]",
  ]);
});

test("wants schemas to be objects", () => {
  expect(told({ input: 7, output: true })).toEqual(["error wrong_type $.input", "error wrong_type $.output"]);
});

test("keeps schemas as they are, the names in them too", () => {
  const output = { type: "object", properties: { promptTemplate: { type: "string" }, a_b: {} } };
  const { chain } = parseChain({ id: "c", input: output, tasks: [{ id: "a", handler: "noop" }], output });
  expect(chain?.toJSON()).toMatchObject({ input: output, output });
});

test("warns about an output schema where nothing would obey it", () => {
  expect(told({ tasks: [{ id: "a", handler: "parse_number", output: {} }] })).toEqual([
    "warning unused_field $.tasks[0].output",
  ]);
});

test("warns where a value of a shape is to be streamed", () => {
  expect(told({ tasks: [{ id: "a", handler: "raw_string", output: {}, stream: true, restart: true }] })).toEqual([
    "warning unused_field $.tasks[0].stream",
    "warning unused_field $.tasks[0].restart",
  ]);
});

test("says which input a first task takes that takes no text, with a template and without", () => {
  const advice = (prompt_template?: string, input = "string") => {
    const { findings } = parseChain({
      id: "c",
      input,
      tasks: [{ id: "a", handler: "model_execution", prompt_template }],
    });
    return findings.flatMap(({ code, message }) => (code === "type_mismatch" ? message.split(": ").at(-1) : []));
  };
  expect(advice()).toEqual(["declare `chat_history` as the chain's `input`, or change the handler"]);
  expect(advice("{{.input}}")).toEqual([
    "remove the template and declare `chat_history` as the chain's `input`, or change the handler",
  ]);
  expect(advice("{{.input}}", "chat_history")).toEqual(["remove the template, or change the handler"]);
  expect(advice(undefined, "chat_history")).toEqual([]);
});

test("knows what kind of value a schema gives", () => {
  const tasks = [
    {
      id: "a",
      handler: "raw_string",
      output: { type: "object" },
      transition: { branches: [{ operator: "default", goto: "b" }] },
    },
    { id: "b", handler: "raw_string" },
  ];
  expect(told({ tasks })).toEqual(["warning type_mismatch $.tasks[1]"]);
  expect(told({ input: { type: "object" } })).toEqual(["warning type_mismatch $.tasks[0]"]);
  expect(told({ input: { type: "string" } })).toEqual([]);
});
