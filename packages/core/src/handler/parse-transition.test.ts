import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

test.each([
  ["/help", "help"],
  ["/help me now", "help"],
  ["  /help\n", "help"],
  ["/help\nme", "help"],
  ["/help\tme", "help"],
  ["//help", "/help"],
  ["hello /help", "pass"],
  ["hello", "pass"],
  ["   ", "pass"],
  ["", ""],
])("the text %j has the outcome %j and goes on untouched", async (text, outcome) => {
  const run = await runTask({ handler: "parse_transition" }, text);
  expect([run.output, run.outputType, run.step?.outcome]).toEqual([text, "string", outcome]);
});

test.each(["/", " / ", "/ help", "/\thelp"])("the text %j has a slash without a command", async (text) => {
  const { error } = await runTask({ handler: "parse_transition" }, text);
  expect(error).toMatchObject({ code: "command_empty", failure: "chain" });
});

test("reads the last message of a conversation, which goes on as it is", async () => {
  const history = { messages: [{ role: "user", content: "/quit" }] };
  const run = await runTask({ handler: "parse_transition" }, history, { inputType: "chat_history" });
  expect(run.step?.outcome).toBe("quit");
  expect(run).toMatchObject({ outputType: "chat_history", output: history });
});
