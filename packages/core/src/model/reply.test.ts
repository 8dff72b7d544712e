import { expect, test } from "vitest";
import type { LanguageModelResult } from "./contract.ts";
import { replyOf } from "./reply.ts";

const result = (parts: Partial<LanguageModelResult>): LanguageModelResult => ({
  content: [],
  finishReason: { unified: "stop", raw: "stop" },
  usage: {
    inputTokens: { total: 3, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: 2, text: undefined, reasoning: undefined },
  },
  warnings: [],
  ...parts,
});

test("joins the texts, keeps the tool calls in order, and leaves reasoning out", () => {
  const reply = replyOf(
    result({
      content: [
        { type: "reasoning", text: "hm" },
        { type: "text", text: "Hel" },
        { type: "tool-call", toolCallId: "1", toolName: "find", input: '{"q":"x"}' },
        { type: "text", text: "lo" },
        { type: "tool-call", toolCallId: "2", toolName: "read", input: "{}" },
      ],
      finishReason: { unified: "tool-calls", raw: undefined },
    }),
  );
  expect(reply).toEqual({
    text: "Hello",
    toolCalls: [
      { id: "1", type: "function", function: { name: "find", arguments: '{"q":"x"}' } },
      { id: "2", type: "function", function: { name: "read", arguments: "{}" } },
    ],
    finishReason: "tool-calls",
    usage: { inputTokens: 3, outputTokens: 2 },
  });
});

test("does not make numbers up where the provider counted nothing", () => {
  // Safe: providers of earlier days leave the parts out, whatever the type says.
  const usage = {} as LanguageModelResult["usage"];
  expect(replyOf(result({ usage })).usage).toEqual({ inputTokens: undefined, outputTokens: undefined });
});

test.each([
  [undefined, "the list is missing"],
  [{}, "the list is missing"],
  [{ content: "Hello" }, "the list is a string"],
  [{ content: [] }, "finishReason.unified is missing"],
  [{ content: [], finishReason: "stop" }, "finishReason.unified is missing"],
])("refuses the answer %j in words", (answer, words) => {
  // Safe: the point is a provider that is not written in TypeScript.
  expect(() => replyOf(answer as LanguageModelResult)).toThrow(
    expect.objectContaining({ code: "reply_invalid", message: expect.stringContaining(words) }),
  );
});
