import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

const convert = (messages: readonly object[]) =>
  runTask(
    { handler: "convert_to_openai_chat_response" },
    { messages, model: "m", inputTokens: 3, outputTokens: 4 },
    { inputType: "chat_history" },
  );

test("makes the last message the choice", async () => {
  const { output, outputType, step } = await convert([
    { role: "user", content: "Hi" },
    { role: "assistant", content: "Hello" },
  ]);
  expect([outputType, step?.outcome]).toEqual(["openai_chat_response", "converted"]);
  expect(output).toEqual({
    id: expect.stringMatching(/^chatcmpl-.+/),
    object: "chat.completion",
    created: Date.UTC(2026, 0, 1, 12) / 1000,
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content: "Hello" }, finish_reason: "stop" }],
    usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 },
  });
});

test("gives tool calls, and the text beside them where there is one", async () => {
  const callTools = [{ id: "a", type: "function", function: { name: "f", arguments: "{}" } }];
  const bare = { role: "assistant", tool_calls: callTools };
  const choiceOf = async (message: object) => (await convert([message])).output;
  expect(await choiceOf({ role: "assistant", callTools })).toMatchObject({
    choices: [{ index: 0, message: bare, finish_reason: "tool_calls" }],
  });
  expect(await choiceOf({ role: "assistant", content: "Look:", callTools })).toMatchObject({
    choices: [{ message: { ...bare, content: "Look:" }, finish_reason: "tool_calls" }],
  });
});

test("says where the model was cut short", async () => {
  const reasonOf = async (finishReason: string) =>
    (await convert([{ role: "assistant", content: "Half a", finishReason }])).output;
  expect(await reasonOf("length")).toMatchObject({ choices: [{ finish_reason: "length" }] });
  expect(await reasonOf("content-filter")).toMatchObject({ choices: [{ finish_reason: "content_filter" }] });
});

test("a message without a text has an empty one, and no message is no choice", async () => {
  expect((await convert([{ role: "assistant" }])).output).toMatchObject({ choices: [{ message: { content: "" } }] });
  expect((await convert([])).output).toMatchObject({ choices: [] });
});

test("refuses what is no conversation", async () => {
  const { error } = await runTask({ handler: "convert_to_openai_chat_response" }, "Hi");
  expect(error).toMatchObject({
    code: "type_mismatch",
    message: "task task (convert_to_openai_chat_response) needs a chat_history, and got string",
  });
});
