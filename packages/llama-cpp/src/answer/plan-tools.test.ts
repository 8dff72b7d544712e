import type { LanguageModelTool } from "@catenary/core";
import { expect, test } from "vitest";
import { grammarOf } from "../schema/grammar-of.ts";
import { schemaOfCall } from "./plan-tools.ts";

const tool = (name: string, inputSchema: LanguageModelTool["inputSchema"]): LanguageModelTool => ({
  type: "function",
  name,
  inputSchema,
});
const taking = (definition: LanguageModelTool["inputSchema"]): LanguageModelTool["inputSchema"] => ({
  type: "object",
  properties: { door: { $ref: "#/$defs/door" } },
  required: ["door"],
  $defs: { door: definition },
});

test("two tools with a definition of the same name are each held to their own", () => {
  const open = tool("open", taking({ enum: ["front"] }));
  const shut = tool("shut", taking({ enum: ["back"] }));
  const { grammar, unheld } = grammarOf(schemaOfCall([open, shut]));
  expect(grammar).toContain("front");
  expect(grammar).toContain("back");
  expect(unheld).toEqual([]);
});

test("a tool's references lead into its own schema, to its root as well", () => {
  const copy = tool("copy", {
    type: "object",
    properties: { from: { enum: ["here"] }, default: { $ref: "#/properties/from" }, again: { $ref: "#" } },
    required: ["from", "default"],
  });
  const { grammar } = grammarOf(schemaOfCall([tool("wait", { type: "object" }), copy]));
  expect(grammar).toContain("here");
});

test("what only looks like a reference, because it is a value, stays as it is", () => {
  const odd = tool("odd", { type: "object", properties: { a: { const: { $ref: "#/b" } } }, required: ["a"] });
  expect(JSON.stringify(schemaOfCall([odd]))).toContain('{"$ref":"#/b"}');
});
