import { describe, expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";
import type { DataType } from "../value/data-type.ts";

const echo = (input: unknown, inputType: DataType) => runTask({ handler: "raw_string" }, input, { inputType });
const message = (role: string, content?: string) => ({ role, ...(content !== undefined && { content }) });

describe("the prompt that a task's input is", () => {
  test.each<readonly [DataType, unknown, string]>([
    ["string", "Hi", "Hi"],
    ["string", "  Hi  ", "  Hi  "],
    ["int", 42, "42"],
    ["int", -7, "-7"],
    ["float", 1.5, "1.5"],
    ["float", 2, "2"],
    ["bool", true, "true"],
    ["bool", false, "false"],
    ["json", "Hi", "Hi"],
    ["json", 5, "5"],
    ["any", "Hi", "Hi"],
    ["any", true, "true"],
    ["chat_history", { messages: [message("user", "first"), message("assistant", "last")] }, "last"],
    ["openai_chat", { model: "m", messages: [message("user", "first"), message("user", "last")] }, "last"],
  ])("is, for %s %j, %j", async (type, input, prompt) => {
    const { backend } = await echo(input, type);
    backend.expectCalls([{ kind: "generate", text: prompt }]);
    expect(backend.calls[0]?.text).toBe(prompt);
  });
});

describe("an empty prompt", () => {
  test.each<readonly [DataType, unknown]>([
    ["string", ""],
    ["string", null],
    ["json", null],
    ["any", null],
    ["chat_history", { messages: [] }],
    ["chat_history", { messages: [message("assistant")] }],
    ["openai_chat", { model: "m", messages: [] }],
  ])("(%s %j) fails and reaches no model", async (type, input) => {
    const { error, backend } = await echo(input, type);
    expect(error).toMatchObject({ code: "prompt_empty", failure: "chain", message: expect.stringContaining("task") });
    expect(backend.calls).toEqual([]);
  });

  test("is also what a template that renders to nothing gives", async () => {
    const { error } = await runTask({ handler: "raw_string", prompt_template: "{{if false}}x{{end}}" }, "Hi");
    expect(error?.code).toBe("prompt_empty");
  });
});

describe("what is no text", () => {
  test.each<readonly [DataType, unknown]>([
    ["json", { a: 1 }],
    ["json", [1]],
    ["any", { a: 1 }],
    ["vector", [1, 2]],
    ["search_results", []],
  ])("(%s %j) is refused, naming toJson", async (type, input) => {
    const { error, backend } = await echo(input, type);
    expect(error).toMatchObject({
      code: "type_mismatch",
      failure: "chain",
      message: expect.stringContaining("{{toJson .previous_output}}"),
      details: { handler: "raw_string" },
    });
    expect(backend.calls).toEqual([]);
  });

  test("can be made one by a template", async () => {
    const { backend } = await runTask(
      { handler: "raw_string", prompt_template: "{{toJson .input}}" },
      { a: 1 },
      { inputType: "json" },
    );
    expect(backend.calls[0]?.text).toBe('{"a":1}');
  });
});
