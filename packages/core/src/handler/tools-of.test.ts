import { expect, test } from "vitest";
import { toolChoiceOf, toolsOf } from "./tools-of.ts";

test("translates functions and leaves out what is none", () => {
  const parameters = { type: "object", properties: { q: { type: "string" } } };
  expect(
    toolsOf([
      { type: "function", function: { name: "find", description: "Finds.", parameters, strict: true } },
      { type: "function", function: { name: "now" } },
      { type: "retrieval" },
      { type: "function", function: {} },
      { type: "function" },
      "find",
      null,
    ]),
  ).toEqual([
    { type: "function", name: "find", description: "Finds.", inputSchema: parameters, strict: true },
    { type: "function", name: "now", inputSchema: { type: "object", properties: {} } },
  ]);
  expect(toolsOf(undefined)).toEqual([]);
});

test.each([
  ["auto", { type: "auto" }],
  ["none", { type: "none" }],
  ["required", { type: "required" }],
  [
    { type: "function", function: { name: "find" } },
    { type: "tool", toolName: "find" },
  ],
  ["sometimes", undefined],
  [{ type: "function" }, undefined],
  [null, undefined],
  [undefined, undefined],
])("the choice %j is %j", (choice, expected) => {
  expect(toolChoiceOf(choice)).toEqual(expected);
});
