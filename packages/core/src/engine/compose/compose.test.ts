import { describe, expect, test } from "vitest";
import { deepFreeze } from "../../../tests/deep-freeze.ts";
import type { ComposeStrategy } from "../../chain/chain.ts";
import type { ChatMessage } from "../../value/chat-history.ts";
import type { Json } from "../../value/json.ts";
import type { TypedValue } from "../../value/typed-value.ts";
import { compose } from "./compose.ts";

const at = Date.UTC(2024, 0, 2, 3, 4, 5);
const object = (value: Json): TypedValue => ({ type: "json", value });
const text = (value: string): TypedValue => ({ type: "string", value });

function message(role: string, content: string, more: Partial<ChatMessage> = {}): ChatMessage {
  return { id: `${role}-${content}`, role, content, timestamp: "2024-01-01T00:00:00Z", ...more };
}

interface Counts {
  readonly model?: string;
  readonly input?: number;
  readonly output?: number;
}

function history(messages: readonly ChatMessage[], { model = "", input = 0, output = 0 }: Counts = {}): TypedValue {
  const value = { messages, model, inputTokens: input, outputTokens: output };
  // Safe: messages are plain data.
  return { type: "chat_history", value: value as unknown as Json };
}

/** Combines, and makes sure on the way that neither value is changed. */
function combine(output: TypedValue, variable: TypedValue, strategy?: ComposeStrategy): TypedValue {
  return compose(deepFreeze(output), deepFreeze(variable), strategy, at);
}

function messagesOf({ value }: TypedValue): readonly string[] {
  // Safe: only called with a history.
  const { messages } = value as unknown as { readonly messages: readonly ChatMessage[] };
  return messages.map(({ role, content }) => `${role}: ${content}`);
}

describe("override", () => {
  test("the variable's values win, and what only the output has stays", () => {
    expect(combine(object({ a: 1, b: 1 }), object({ b: 2, c: 2 }), "override")).toEqual(object({ a: 1, b: 2, c: 2 }));
  });

  test("objects inside are merged, arrays are replaced", () => {
    const output = object({ deep: { a: 1, list: [1, 2] }, only: { x: 1 } });
    const variable = object({ deep: { b: 2, list: [3] }, only: 5 });
    expect(combine(output, variable, "override")).toEqual(object({ deep: { a: 1, b: 2, list: [3] }, only: 5 }));
  });

  test("null in the variable is a value and wins", () => {
    expect(combine(object({ a: 1 }), object({ a: null }), "override")).toEqual(object({ a: null }));
  });

  test("a key named __proto__ is a key like others", () => {
    const combined = combine(object(JSON.parse('{"__proto__":{"a":1}}')), object({ b: 2 }), "override");
    expect(JSON.stringify(combined.value)).toBe('{"__proto__":{"a":1},"b":2}');
    expect(Reflect.get({}, "a")).toBeUndefined();
  });

  test("anything but two objects is an error that names both types", () => {
    expect(() => combine(text("x"), object({}), "override")).toThrow(
      expect.objectContaining({ code: "compose_failed", message: expect.stringMatching(/string.*json/) }),
    );
    expect(() => combine(object([1]), object({}), "override")).toThrow(
      expect.objectContaining({ code: "compose_failed" }),
    );
  });
});

describe("merge_chat_histories", () => {
  test("the variable's messages come first, then the output's, repeats included", () => {
    const first = history([message("user", "one")]);
    const last = history([message("user", "one"), message("assistant", "two")]);
    expect(messagesOf(combine(last, first, "merge_chat_histories"))).toEqual([
      "user: one",
      "user: one",
      "assistant: two",
    ]);
  });

  test("token counts are added", () => {
    const merged = combine(
      history([], { input: 3, output: 4 }),
      history([], { input: 10, output: 20 }),
      "merge_chat_histories",
    );
    expect(merged.value).toMatchObject({ inputTokens: 13, outputTokens: 24 });
  });

  test.each([
    ["m", "m", "m"],
    ["m", "", "m"],
    ["", "m", "m"],
    ["m", "n", ""],
    ["", "", ""],
  ])("the model of %j and %j is %j: the common or the only one", (one, other, model) => {
    const merged = combine(history([], { model: one }), history([], { model: other }), "merge_chat_histories");
    expect(merged.value).toMatchObject({ model });
  });

  test("ids and calls of tools survive", () => {
    const call = { id: "c", type: "function" as const, function: { name: "f", arguments: "{}" } };
    const asked = message("assistant", "", { callTools: [call] });
    const answered = message("tool", "42", { toolCallId: "c" });
    const merged = combine(history([answered]), history([asked]), "merge_chat_histories");
    expect(merged.value).toMatchObject({ messages: [asked, answered] });
  });

  test("a history that was declared any is a history", () => {
    const untyped: TypedValue = { ...history([message("user", "one")]), type: "any" };
    expect(messagesOf(combine(untyped, history([message("user", "zero")]), "merge_chat_histories"))).toEqual([
      "user: zero",
      "user: one",
    ]);
  });

  test.each([
    ["a string", text("x")],
    ["an object", object({ a: 1 })],
    ["an object with messages of another kind", object({ messages: ["hello"] })],
  ])("merging %s is an error", (_, output) => {
    expect(() => combine(output, history([]), "merge_chat_histories")).toThrow(
      expect.objectContaining({ code: "compose_failed", failure: "chain" }),
    );
    expect(() => combine(history([]), output, "merge_chat_histories")).toThrow(
      expect.objectContaining({ code: "compose_failed" }),
    );
  });
});

describe("append_string_to_chat_history", () => {
  const talk = history([message("user", "one")], { model: "m", input: 5, output: 6 });

  test.each([
    ["output", text("be kind"), talk],
    ["variable", talk, text("be kind")],
  ])("a string as %s becomes a system message before the others, and counts start anew", (_, output, variable) => {
    const combined = combine(output, variable, "append_string_to_chat_history");
    expect(messagesOf(combined)).toEqual(["system: be kind", "user: one"]);
    expect(combined).toMatchObject({ type: "chat_history", value: { model: "m", inputTokens: 0, outputTokens: 0 } });
    expect(combined.value).toMatchObject({ messages: [{ timestamp: "2024-01-02T03:04:05.000Z" }, {}] });
  });

  test("two strings or two histories are an error", () => {
    for (const value of [text("x"), talk]) {
      expect(() => combine(value, value, "append_string_to_chat_history")).toThrow(
        expect.objectContaining({ code: "compose_failed" }),
      );
    }
  });
});

describe("without a strategy", () => {
  test("two objects override", () => {
    expect(combine(object({ a: 1 }), object({ a: 2 }))).toEqual(object({ a: 2 }));
  });

  test("a string and a history append", () => {
    expect(messagesOf(combine(text("s"), history([message("user", "u")])))).toEqual(["system: s", "user: u"]);
  });

  test("two histories merge, and an output that goes on from the variable does not get its messages twice", () => {
    const before = [message("user", "one")];
    const after = [...before, message("assistant", "two")];
    const joined = combine(history(after, { input: 1, output: 2 }), history(before, { input: 10, output: 20 }));
    expect(messagesOf(joined)).toEqual(["user: one", "assistant: two"]);
    expect(joined.value).toMatchObject({ inputTokens: 1, outputTokens: 2 });
  });

  test("a system message that the task put in front does not hide that the output goes on", () => {
    const before = [message("user", "one")];
    const after = [message("system", "be kind"), ...before, message("assistant", "two")];
    expect(messagesOf(combine(history(after), history(before)))).toEqual([
      "system: be kind",
      "user: one",
      "assistant: two",
    ]);
  });

  test("two answers of tools are the same only where they answer the same call", () => {
    const one = message("tool", "42", { toolCallId: "one" });
    const two = message("tool", "42", { toolCallId: "two" });
    expect(combine(history([two]), history([one])).value).toMatchObject({ messages: [one, two] });
    const asked = (id: string) =>
      message("assistant", "", { callTools: [{ id, type: "function", function: { name: "f", arguments: "{}" } }] });
    expect(combine(history([asked("one")]), history([asked("two")])).value).toMatchObject({
      messages: [asked("two"), asked("one")],
    });
  });

  test("histories of which neither goes on from the other merge whole", () => {
    const joined = combine(history([message("assistant", "two")]), history([message("user", "one")]));
    expect(messagesOf(joined)).toEqual(["user: one", "assistant: two"]);
  });

  test.each([
    ["two strings", text("a"), text("b")],
    ["a string and an object", text("a"), object({})],
    ["an object and a history", object({}), history([])],
    ["a number and a string", { type: "int", value: 1 } as const, text("b")],
    ["an array and an object", object([]), object({})],
  ])("%s cannot be combined, and the error says what can", (_, output, variable) => {
    expect(() => combine(output, variable)).toThrow(
      expect.objectContaining({ code: "compose_failed", message: expect.stringContaining("two objects") }),
    );
  });
});
