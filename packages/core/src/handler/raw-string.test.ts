import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

test("passes the reply on, trimmed, as the output and the outcome", async () => {
  const { output, outputType, step } = await runTask({ handler: "raw_string" }, "Hi", {
    replies: ["\n Hello, you! \t"],
  });
  expect([output, outputType]).toEqual(["Hello, you!", "string"]);
  expect(step).toMatchObject({ outcome: "Hello, you!", transition: "Hello, you!", outputType: "string" });
});

test("sends the system instruction first, rendered, and the prompt with temperature 0", async () => {
  const task = { handler: "raw_string", system_instruction: "Answer {{.input}} briefly." };
  const { backend } = await runTask(task, "Ann");
  expect(backend.calls[0]).toMatchObject({
    prompt: [
      { role: "system", content: "Answer Ann briefly." },
      { role: "user", content: [{ type: "text", text: "Ann" }] },
    ],
    options: { temperature: 0 },
  });
});

test("sends no empty system message", async () => {
  const { backend } = await runTask({ handler: "raw_string", system_instruction: "" }, "Hi");
  expect(backend.calls[0]).toMatchObject({ prompt: [{ role: "user" }] });
});

test("lets execute_config say how the model is to answer, the task's before the chain's", async () => {
  const task = { handler: "raw_string", execute_config: { temperature: 0.7, max_tokens: 5 } };
  const chain = { execute_config: { temperature: 0.1, seed: 3 } };
  const { backend } = await runTask(task, "Hi", { chain });
  expect(backend.calls[0]).toMatchObject({ options: { temperature: 0.7, maxOutputTokens: 5, seed: 3 } });
});

test("fails where the answer was cut off at the limit of tokens, and says what to do", async () => {
  const { error } = await runTask({ handler: "raw_string" }, "Hi", {
    replies: [{ text: "Once upon a", finishReason: "length" }],
  });
  expect(error).toMatchObject({
    code: "reply_invalid",
    failure: "reply",
    message: expect.stringContaining("raise executeConfig.maxTokens (in JSON execute_config.max_tokens)"),
  });
});

test("takes a reply of white space only as an empty text", async () => {
  const { output, error } = await runTask({ handler: "raw_string" }, "Hi", { replies: [" \n"] });
  expect([output, error]).toEqual(["", undefined]);
});
