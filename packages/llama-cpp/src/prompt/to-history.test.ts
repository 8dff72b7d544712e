import type { LanguageModelPrompt } from "@catenary/core";
import { expect, test } from "vitest";
import { toHistory } from "./to-history.ts";

const origin = { backend: "llama-cpp", model: "m" };
const text = (words: string) => ({ type: "text" as const, text: words });
const call = (toolCallId: string) => ({
  type: "tool-call" as const,
  toolCallId,
  toolName: "look",
  input: { at: "sky" },
});
const result = (toolCallId: string, value: string) => ({
  type: "tool-result" as const,
  toolCallId,
  toolName: "look",
  output: { type: "text" as const, value },
});

test("a conversation ends with an answer to be written", () => {
  const prompt: LanguageModelPrompt = [
    { role: "system", content: "Be kind." },
    { role: "user", content: [text("Hel"), text("lo")] },
  ];
  expect(toHistory(prompt, origin)).toEqual([
    { type: "system", text: "Be kind." },
    { type: "user", text: "Hello" },
    { type: "model", response: [] },
  ]);
});

test("results stand beside their calls, and what comes after them is the same answer", () => {
  const prompt: LanguageModelPrompt = [
    { role: "user", content: [text("What do you see?")] },
    { role: "assistant", content: [{ type: "reasoning", text: "hm" }, text("Let me look."), call("1"), call("2")] },
    { role: "tool", content: [result("2", "clouds"), result("1", "birds")] },
    { role: "assistant", content: [text("Birds and clouds.")] },
    { role: "user", content: [text("More?")] },
  ];
  const functionCall = { type: "functionCall", name: "look", params: { at: "sky" } };
  expect(toHistory(prompt, origin)).toEqual([
    { type: "user", text: "What do you see?" },
    {
      type: "model",
      response: [
        "Let me look.",
        { ...functionCall, result: "birds" },
        { ...functionCall, result: "clouds" },
        "Birds and clouds.",
      ],
    },
    { type: "user", text: "More?" },
    { type: "model", response: [] },
  ]);
});

type ToolMessage = Extract<LanguageModelPrompt[number], { role: "tool" }>;
type Output = Extract<ToolMessage["content"][number], { type: "tool-result" }>["output"];

const outputs: readonly (readonly [Output, unknown])[] = [
  [{ type: "json", value: { sky: "blue" } }, { sky: "blue" }],
  [{ type: "error-text", value: "no view" }, { error: "no view" }],
  [{ type: "execution-denied", reason: "night" }, { denied: "night" }],
  [{ type: "execution-denied" }, { denied: "the user does not want it" }],
  [{ type: "content", value: [{ type: "text", text: "blue" }] }, "blue"],
];

test.each(outputs)("a result of %j is told as %j", (output, told) => {
  const prompt: LanguageModelPrompt = [
    { role: "assistant", content: [call("1")] },
    { role: "tool", content: [{ ...result("1", ""), output }] },
  ];
  expect(toHistory(prompt, origin)).toMatchObject([{ type: "model", response: [{ result: told }] }]);
});
