import { createRuntime, defineChain } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { expect, it } from "vitest";
import { openai } from "../src/openai.ts";
import { openaiCompatible } from "../src/openai-compatible.ts";

const sort = defineChain({
  id: "sort",
  tasks: {
    read: {
      handler: "raw_string",
      promptTemplate: "Which mood is this? {{.input}}",
      output: { type: "string", enum: ["good", "bad"] },
    },
  },
});

it("OpenAI is held to the schema of a task's output", async () => {
  const server = createFakeOpenAI({ models: ["gpt-5-mini"] });
  await using runtime = createRuntime({
    backends: [openai({ apiKey: "sk-of-a-test", models: ["gpt-5-mini"], fetch: server })],
  });
  const { output, steps } = await runtime.run(sort, "We won!");
  expect(["good", "bad"]).toContain(output);
  expect(steps[0]?.structured).toEqual([{ rung: "native", result: "accepted", problems: [] }]);
  expect(server.requests.at(-1)?.text).toMatch(/json_schema/);
});

it("a server of which nothing is known is asked to call a tool", async () => {
  const server = createFakeOpenAI({ models: ["local"] });
  await using runtime = createRuntime({
    backends: [openaiCompatible({ id: "local", baseUrl: "http://127.0.0.1:9/v1", fetch: server })],
  });
  const { steps } = await runtime.run(sort, "We won!");
  expect(steps[0]?.structured?.map(({ rung, result }) => `${rung} ${result}`)).toEqual([
    "native unavailable",
    "tool accepted",
  ]);
  expect(server.requests.at(-1)?.body).toMatchObject({ tool_choice: { function: { name: "answer" } } });
});
