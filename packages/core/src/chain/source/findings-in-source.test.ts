import { expect, test } from "vitest";
import { ChainInvalidError } from "../../errors/chain-invalid-error.ts";
import { defineChain } from "../define-chain.ts";
import type { ChainSource } from "./chain-source.ts";

/** What is said of a chain that the types would refuse. */
function messagesOf(source: unknown): string {
  try {
    // The point is to hand over what is no chain.
    defineChain(source as ChainSource);
  } catch (error) {
    if (error instanceof ChainInvalidError) return error.findings.map(({ message }) => message).join("\n");
    throw error;
  }
  return "";
}

const ask = { handler: "raw_string", promptTemplate: "Hello." };

test.each<[string, unknown, string]>([
  [
    "a condition",
    { ...ask, handler: "condition_key", validConditions: { max_tokens: true, Max_tokens: false } },
    "`max_tokens`",
  ],
  ["a strategy", { handler: "noop", compose: { withVar: "input", strategy: "with_var" } }, "got `with_var`"],
  ["a deadline", { ...ask, executeConfig: { routing: { deadline: "max_tokens" } } }, "`max_tokens`"],
  ["a template's function", { ...ask, promptTemplate: "{{max_tokens .input}}" }, "max_tokens"],
])("%s that is called like a field is quoted as it was written", (_, task, quoted) => {
  const messages = messagesOf({ id: "c", tasks: { a: task } });
  expect(messages).toContain(quoted);
  expect(messages).not.toMatch(/maxTokens|withVar/);
});

test("a type of a variable that is called like a field is quoted as it was written", () => {
  const messages = messagesOf({ id: "c", variables: { q: "token_limit" }, tasks: { a: ask } });
  expect(messages).toContain("`token_limit`");
  expect(messages).not.toContain("tokenLimit");
});

test("fields that a check names are named as code spells them, whatever else the chain says", () => {
  const compare = { ...ask, validConditions: { max_tokens: true } };
  expect(messagesOf({ id: "c", tasks: { a: compare } })).toContain("`validConditions`");
});

test("what holds itself is reported as that", () => {
  const args: Record<string, unknown> = {};
  args.self = args;
  expect(messagesOf({ id: "c", tasks: { a: { handler: "hook", hook: { name: "h", args } } } })).not.toBe("");
});
