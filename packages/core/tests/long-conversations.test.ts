import { createRuntime } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const LONG = "word ".repeat(20_000);

function setUp(...lengths: readonly number[]) {
  const backends = lengths.map((contextLength) =>
    scriptedBackend({ id: String(contextLength), models: [{ id: "m", contextLength }], replies: () => "yes" }),
  );
  return createRuntime({ backends, defaults: { policy: "ordered" } });
}

type Setup = ReturnType<typeof setUp>;

const task = { handler: "raw_string", prompt_template: "{{.input}}" };

const CALLS: readonly (readonly [string, (runtime: Setup, text: string) => Promise<string | undefined>])[] = [
  ["a prompt", async (runtime, text) => (await runtime.prompt(text)).backend],
  ["a prompt's instruction", async (runtime, text) => (await runtime.prompt("hi", { system: text })).backend],
  ["a conversation", async (runtime, text) => (await runtime.chat([{ role: "user", content: text }])).backend],
  ["a task's prompt", async (runtime, text) => (await runtime.run(chainOf(task), text)).steps[0]?.backend],
];

test.each(CALLS)("%s goes to a model whose context holds it", async (_what, call) => {
  await using runtime = setUp(1_000, 100_000);
  expect(await call(runtime, LONG)).toBe("100000");
  expect(await call(runtime, "hi")).toBe("1000");
});

test("a prompt with an answer that may be long goes to a model whose context holds both", async () => {
  await using runtime = setUp(1_000, 100_000);
  expect((await runtime.prompt("hi", { maxTokens: 2_000 })).backend).toBe("100000");
});

test("a prompt that nobody's context holds says so before anybody is asked", async () => {
  await using runtime = setUp(1_000);
  const error = await errorOf(runtime.prompt(LONG));
  expect(error).toMatchObject({ code: "no_candidate", details: { reason: "context_length" } });
  expect(error.message).toContain("the call needs 25,000 tokens; the largest context is m on 1000 with 1,000");
});
