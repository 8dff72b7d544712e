import { expect, test } from "vitest";
import type { LanguageModelStreamPart } from "./contract.ts";
import { isContent } from "./is-content.ts";

const usage = {
  inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 1, text: 1, reasoning: 0 },
};

test.each<readonly [LanguageModelStreamPart, boolean]>([
  [{ type: "text-delta", id: "0", delta: "a" }, true],
  [{ type: "reasoning-delta", id: "0", delta: "a" }, true],
  [{ type: "tool-input-start", id: "0", toolName: "f" }, true],
  [{ type: "tool-input-delta", id: "0", delta: "{" }, true],
  [{ type: "tool-call", toolCallId: "0", toolName: "f", input: "{}" }, true],
  [{ type: "text-delta", id: "0", delta: "" }, false],
  [{ type: "text-start", id: "0" }, false],
  [{ type: "text-end", id: "0" }, false],
  [{ type: "reasoning-start", id: "0" }, false],
  [{ type: "stream-start", warnings: [] }, false],
  [{ type: "response-metadata", modelId: "m" }, false],
  [{ type: "ping" }, false],
  [{ type: "raw", rawValue: 1 }, false],
  [{ type: "error", error: "no" }, false],
  [{ type: "finish", finishReason: { unified: "stop", raw: "stop" }, usage }, false],
])("%j says something of the answer: %s", (part, expected) => {
  expect(isContent(part)).toBe(expected);
});
