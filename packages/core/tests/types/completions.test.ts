import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { complete } from "./complete.ts";
import { emitDeclarations } from "./emit-declarations.ts";

let declarations = "";

beforeAll(() => {
  declarations = emitDeclarations();
}, 120_000);

afterAll(() => rmSync(declarations, { recursive: true, force: true }));

/** A chain of two tasks, with more fields for the first. */
const chain = (fields: string) =>
  `import { defineChain } from "@catenary/core";
defineChain({ id: "x", tasks: {
  ask: { handler: "condition_key", validConditions: { urgent: true, normal: false }, ${fields} },
  reply: { handler: "noop" },
} });`;

// The editor asks with an empty text, which is a target too.
const targets = ["", "ask", "end", "reply"];
const variables = ["ask", "error", "failed_task", "input", "previous_output", "reply"];

test.each<[string, string, readonly string[]]>([
  ["next", 'next: "|"', targets],
  ["a target in next", 'next: { urgent: "|" }', targets],
  ["an outcome in next", "next: { | }", ["default", "false", "normal", "true", "urgent"]],
  ["goto", 'transition: { branches: [{ operator: "equals", when: "urgent", goto: "|" }] }', targets],
  [
    "when",
    'transition: { branches: [{ operator: "equals", when: "|", goto: "end" }] }',
    ["false", "normal", "true", "urgent"],
  ],
  ["onFailure", 'onFailure: "|"', targets],
  ["inputVar", 'inputVar: "|"', variables],
  ["withVar", 'compose: { withVar: "|" }', [...variables, "ask_composed"].sort()],
])(
  "editors offer what is possible for %s",
  (_, fields, offered) => {
    expect(complete(declarations, chain(fields))).toEqual(offered);
  },
  60_000,
);

test("editors offer the handlers", () => {
  const program = `import { defineChain } from "@catenary/core"; defineChain({ id: "x", tasks: { a: { handler: "|" } } });`;
  expect(complete(declarations, program)).toEqual(
    expect.arrayContaining(["condition_key", "hook", "noop", "raw_string"]),
  );
}, 60_000);

test("editors offer the fields that the handler takes, and no others", () => {
  const fields = complete(declarations, chain("|"));
  expect(fields).toEqual(expect.arrayContaining(["systemInstruction", "next", "onFailure", "retry"]));
  expect(fields).not.toContain("hook");
  expect(fields).not.toContain("stream");
}, 60_000);
