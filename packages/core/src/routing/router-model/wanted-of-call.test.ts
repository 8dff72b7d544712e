import { expect, test } from "vitest";
import type { LanguageModelCallOptions } from "../../model/contract.ts";
import type { Wanted } from "../call/model-request.ts";
import { wantedOfCall } from "./wanted-of-call.ts";

const chosen: Wanted = { kind: "chat", models: [], providers: [], contextLength: 0, tools: false, policy: undefined };
const call: LanguageModelCallOptions = {
  prompt: [{ role: "user", content: [{ type: "text", text: "Open it." }] }],
  tools: [{ type: "function", name: "open", inputSchema: { type: "object" } }],
};

test("a call with tools needs a model that takes them, unless it may call none", () => {
  expect(wantedOfCall(chosen, call).tools).toBe(true);
  expect(wantedOfCall(chosen, { ...call, toolChoice: { type: "required" } }).tools).toBe(true);
  expect(wantedOfCall(chosen, { ...call, toolChoice: { type: "none" } }).tools).toBe(false);
  expect(wantedOfCall(chosen, { prompt: call.prompt, tools: [] }).tools).toBe(false);
});
