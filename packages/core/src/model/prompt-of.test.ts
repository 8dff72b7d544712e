import { expect, test } from "vitest";
import type { ChatMessage, ToolCall } from "../value/chat-history.ts";
import { promptOf } from "./prompt-of.ts";

const timestamp = "2026-01-01T00:00:00Z";
const say = (role: string, content?: string, more: Partial<ChatMessage> = {}): ChatMessage => ({
  role,
  timestamp,
  ...(content !== undefined && { content }),
  ...more,
});
const toolCall = (id: string, name: string, args = "{}"): ToolCall => ({
  id,
  type: "function",
  function: { name, arguments: args },
});

test("translates system, user and assistant messages", () => {
  expect(promptOf([say("system", "Be short."), say("user", "Hi"), say("assistant", "Hello")])).toEqual([
    { role: "system", content: "Be short." },
    { role: "user", content: [{ type: "text", text: "Hi" }] },
    { role: "assistant", content: [{ type: "text", text: "Hello" }] },
  ]);
});

test("sends a role that it does not know, and a message without content, as the user's text", () => {
  expect(promptOf([say("developer", "Do it"), say("user")])).toEqual([
    { role: "user", content: [{ type: "text", text: "Do it" }] },
    { role: "user", content: [{ type: "text", text: "" }] },
  ]);
});

test("passes tool calls and their answers on under the ids that they have", () => {
  const prompt = promptOf([
    say("assistant", "Let me look.", { callTools: [toolCall("a", "find", '{"q":1}'), toolCall("b", "read")] }),
    say("tool", "second", { toolCallId: "b" }),
    say("tool", "first", { toolCallId: "a" }),
  ]);
  expect(prompt).toEqual([
    {
      role: "assistant",
      content: [
        { type: "text", text: "Let me look." },
        { type: "tool-call", toolCallId: "a", toolName: "find", input: { q: 1 } },
        { type: "tool-call", toolCallId: "b", toolName: "read", input: {} },
      ],
    },
    toolResult("b", "read", "second"),
    toolResult("a", "find", "first"),
  ]);
});

test("leaves the text out of a message that only calls tools", () => {
  const [message] = promptOf([say("assistant", "", { callTools: [toolCall("a", "find")] })]);
  expect(message?.content).toEqual([{ type: "tool-call", toolCallId: "a", toolName: "find", input: {} }]);
});

test("gives calls without an id different ones, and answers without an id to the earliest call that is open", () => {
  const prompt = promptOf([
    say("user", "Go"),
    say("assistant", "", { callTools: [toolCall("", "find"), toolCall("", "read")] }),
    say("tool", "found"),
    say("tool", "text"),
  ]);
  const calls = (prompt[1]?.content ?? []) as readonly { readonly toolCallId: string }[];
  const [first = "", second = ""] = calls.map((call) => call.toolCallId);
  expect(first).not.toBe("");
  expect(second).not.toBe("");
  expect(first).not.toBe(second);
  expect(prompt.slice(2)).toEqual([toolResult(first, "find", "found"), toolResult(second, "read", "text")]);
});

test("keeps the id of an answer to a call that is not there", () => {
  expect(promptOf([say("tool", "late", { toolCallId: "gone" })])).toEqual([toolResult("gone", "", "late")]);
  expect(promptOf([say("tool", "late")])).toEqual([toolResult("", "", "late")]);
});

test("sends arguments that are no JSON as the text that the model wrote, and none as an empty object", () => {
  const [message] = promptOf([
    say("assistant", "", { callTools: [toolCall("a", "f", "{oops"), toolCall("b", "f", "")] }),
  ]);
  expect(message?.content).toMatchObject([{ input: "{oops" }, { input: {} }]);
});

function toolResult(toolCallId: string, toolName: string, value: string) {
  return {
    role: "tool",
    content: [{ type: "tool-result", toolCallId, toolName, output: { type: "text", value } }],
  };
}
