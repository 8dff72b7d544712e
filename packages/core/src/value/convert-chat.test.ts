import { describe, expect, it } from "vitest";
import { CatenaryError } from "../errors/catenary-error.ts";
import { convertChatHistory } from "./convert-chat-history.ts";
import { convertInput } from "./convert-input.ts";
import type { DataType } from "./data-type.ts";

function refusedAt(raw: unknown, type: DataType): unknown {
  try {
    convertInput(raw, type);
  } catch (error) {
    if (CatenaryError.isInstance(error) && error.code === "input_invalid") return error.details.path;
    throw error;
  }
  throw new Error("the input was accepted");
}

describe("convertInput, chat_history", () => {
  it("fills in what is absent and keeps ids, times and tool calls", () => {
    const given = {
      messages: [
        { role: "user", content: "hello" },
        {
          id: "m2",
          role: "assistant",
          content: null,
          callTools: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
          timestamp: "2025-09-05T10:00:00.5+02:00",
        },
        { role: "tool", content: "4", toolCallId: "c" },
      ],
      inputTokens: 7,
      unknown: 1,
    };
    expect(convertInput(given, "chat_history").value).toStrictEqual({
      messages: [
        { id: "", role: "user", content: "hello", timestamp: "0001-01-01T00:00:00Z" },
        {
          id: "m2",
          role: "assistant",
          callTools: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
          timestamp: "2025-09-05T10:00:00.5+02:00",
        },
        { id: "", role: "tool", content: "4", toolCallId: "c", timestamp: "0001-01-01T00:00:00Z" },
      ],
      model: "",
      inputTokens: 7,
      outputTokens: 0,
    });
  });

  it("keeps why an answer was cut short, and no other reason", () => {
    const given = {
      messages: ["length", "content-filter", "stop"].map((finishReason) => ({ role: "assistant", finishReason })),
    };
    const { messages } = convertChatHistory(given);
    expect(messages.map(({ finishReason }) => finishReason)).toEqual(["length", "content-filter", undefined]);
  });

  it("matches field names without regard to case, the exact one first", () => {
    const given = { Messages: [{ ROLE: "user", Content: "no", content: "yes" }], INPUTTOKENS: 3 };
    expect(convertInput(given, "chat_history").value).toMatchObject({
      messages: [{ role: "user", content: "yes" }],
      inputTokens: 3,
    });
  });

  it.each([
    ["hello", "$"],
    [[{ role: "user", content: "x" }], "$"],
    [{ messages: "x" }, "$.messages"],
    [{ messages: ["x"] }, "$.messages[0]"],
    [{ messages: [{ role: "user", content: 5 }] }, "$.messages[0].content"],
    [{ messages: [{ role: 1 }] }, "$.messages[0].role"],
    [{ messages: [{ timestamp: "yesterday" }] }, "$.messages[0].timestamp"],
    [{ messages: [{ timestamp: 5 }] }, "$.messages[0].timestamp"],
    [{ messages: [{ timestamp: "2025-13-01T00:00:00Z" }] }, "$.messages[0].timestamp"],
    [{ messages: [{ callTools: [{ type: "web" }] }] }, "$.messages[0].callTools[0].type"],
    [{ messages: [{ callTools: [{ function: { arguments: {} } }] }] }, "$.messages[0].callTools[0].function.arguments"],
    [{ inputTokens: 1.5 }, "$.inputTokens"],
    [{ model: ["m"] }, "$.model"],
  ])("refuses %j and says where", (raw, path) => {
    expect(refusedAt(raw, "chat_history")).toBe(path);
  });
});

describe("convertInput, openai_chat", () => {
  it("keeps sampling options, tools, tool ids and fields that it does not know", () => {
    const given = {
      model: "m1",
      messages: [
        {
          role: "assistant",
          content: null,
          tool_calls: [{ id: "c", type: "function", function: { name: "f", arguments: "{}" } }],
          name: "bot",
        },
        { role: "tool", content: "4", tool_call_id: "c" },
      ],
      max_tokens: 5,
      temperature: 0.5,
      seed: 1,
      stop: "x",
      stream: true,
      user: "u",
      tools: [{ type: "function", function: { name: "f" } }],
      tool_choice: "auto",
      logit_bias: { "50256": -100 },
    };
    const { content: _, ...assistant } = given.messages[0] ?? {};
    expect(convertInput(given, "openai_chat").value).toStrictEqual({
      ...given,
      messages: [assistant, given.messages[1]],
    });
  });

  it("joins text parts to one content", () => {
    const content = [
      { type: "text", text: "a" },
      { type: "text", text: "b" },
    ];
    expect(convertInput({ messages: [{ role: "user", content }] }, "openai_chat").value).toEqual({
      model: "",
      messages: [{ role: "user", content: "a\nb" }],
    });
  });

  it("takes null for absent", () => {
    expect(convertInput({ model: null, messages: null, stop: null, max_tokens: null }, "openai_chat").value).toEqual({
      model: "",
      messages: [],
    });
  });

  it.each([
    ["x", "$"],
    [{ max_tokens: "5" }, "$.max_tokens"],
    [{ max_tokens: 1.5 }, "$.max_tokens"],
    [{ stop: ["a", 1] }, "$.stop[1]"],
    [{ stop: 1 }, "$.stop"],
    [{ stream: "yes" }, "$.stream"],
    [{ messages: [{ content: 5 }] }, "$.messages[0].content"],
    [{ messages: [{ content: [{ type: "image_url" }] }] }, "$.messages[0].content[0]"],
  ])("refuses %j and says where", (raw, path) => {
    expect(refusedAt(raw, "openai_chat")).toBe(path);
  });
});

describe("convertInput, openai_chat_response", () => {
  it("fills in what is absent", () => {
    const given = {
      id: "r1",
      choices: [{ message: { role: "assistant", content: "yo" }, finish_reason: "stop" }],
      usage: { total_tokens: 3 },
      system_fingerprint: "fp",
      service_tier: "default",
    };
    expect(convertInput(given, "openai_chat_response").value).toEqual({
      id: "r1",
      object: "",
      created: 0,
      model: "",
      choices: [{ index: 0, message: { role: "assistant", content: "yo" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 3 },
      system_fingerprint: "fp",
    });
  });

  it.each([
    ["x", "$"],
    [{ choices: [{ message: "x" }] }, "$.choices[0].message"],
    [{ usage: { total_tokens: "3" } }, "$.usage.total_tokens"],
  ])("refuses %j and says where", (raw, path) => {
    expect(refusedAt(raw, "openai_chat_response")).toBe(path);
  });
});
