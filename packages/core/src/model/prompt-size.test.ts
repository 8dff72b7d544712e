import { expect, test } from "vitest";
import type { LanguageModelPrompt } from "./contract.ts";
import { promptSize } from "./prompt-size.ts";

const user = (text: string): LanguageModelPrompt => [{ role: "user", content: [{ type: "text", text }] }];
const tokens = (prompt: LanguageModelPrompt) => promptSize(prompt).tokens;
/** With the tool's name, which has four characters, and the signs of JSON around it. */
const result = (output: unknown): LanguageModelPrompt => [
  // Safe: each output below is one of the contract's.
  { role: "tool", content: [{ type: "tool-result", toolCallId: "1", toolName: "look", output: output as never }] },
];

test("a token is four characters, of whatever the conversation has in words", () => {
  expect(tokens([])).toBe(0);
  expect(tokens([{ role: "system", content: "x".repeat(400) }])).toBe(100);
  expect(tokens([...user("x".repeat(400)), ...user("x".repeat(40))])).toBe(110);
  expect(tokens([{ role: "assistant", content: [{ type: "reasoning", text: "x".repeat(80) }] }])).toBe(20);
});

test("scripts without spaces have more tokens", () => {
  expect(tokens(user("漢字".repeat(1_500)))).toBe(1_500);
  expect(tokens(user("ภาษาไทย".repeat(300)))).toBe(1_050);
  expect(tokens(user("длинный".repeat(400)))).toBe(700);
});

test("results of tools count whatever type they have, and so does what tools were called with", () => {
  const rows = Array.from({ length: 100 }, (_, id) => ({ id, name: "x".repeat(40), isNew: true }));
  const length = JSON.stringify(rows).length / 4;
  for (const type of ["json", "error-json"]) {
    expect(tokens(result({ type, value: rows })) / length).toBeCloseTo(1, 1);
  }
  for (const type of ["text", "error-text"]) expect(tokens(result({ type, value: "x".repeat(800) }))).toBe(200);
  const content = [
    { type: "text", text: "x".repeat(800) },
    { type: "file", data: "", mediaType: "image/png" },
  ];
  expect(tokens(result({ type: "content", value: content }))).toBe(200);
  expect(tokens(result({ type: "execution-denied" }))).toBe(0);
  const call = { type: "tool-call" as const, toolCallId: "1", toolName: "look", input: { rows } };
  expect(tokens([{ role: "assistant", content: [call] }]) / length).toBeCloseTo(1, 1);
});

test("tools count with their descriptions and schemas", () => {
  const inputSchema = { type: "object" as const, properties: { text: { type: "string" as const } } };
  const described = { type: "function" as const, name: "look", description: "x".repeat(4_000), inputSchema };
  expect(promptSize([], [described]).tokens).toBeGreaterThan(1_000);
  expect(promptSize([], [described]).tokens).toBeLessThan(1_050);
  const provided = {
    type: "provider" as const,
    id: "p.search" as const,
    name: "search",
    args: { hint: "x".repeat(400) },
  };
  expect(promptSize([], [provided]).tokens).toBeGreaterThan(100);
});

test("images are noticed and not counted", () => {
  const image = {
    type: "file" as const,
    mediaType: "image/png",
    data: { type: "data" as const, data: "x".repeat(4_000) },
  };
  const prompt: LanguageModelPrompt = [{ role: "user", content: [image] }];
  expect(promptSize(prompt)).toEqual({ tokens: 0, hasImages: true });
  expect(promptSize(user("none")).hasImages).toBe(false);
});

test("what cannot be JSON is not counted", () => {
  const loop: { again?: unknown } = {};
  loop.again = loop;
  const call = { type: "tool-call" as const, toolCallId: "1", toolName: "look", input: loop };
  expect(tokens([{ role: "assistant", content: [call] }])).toBe(1);
});
