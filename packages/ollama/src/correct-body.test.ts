import { describe, expect, it } from "vitest";
import { question, sentBy } from "../tests/sent-by.ts";

describe("the body of a call", () => {
  it("puts sampling where Ollama reads it, and nothing beside it", async () => {
    const call = {
      temperature: 0.2,
      topP: 0.9,
      topK: 40,
      seed: 7,
      maxOutputTokens: 12,
      stopSequences: ["END"],
      presencePenalty: 0.1,
      frequencyPenalty: 0.3,
      providerOptions: { ollama: { options: { num_ctx: 4096, min_p: 0.05 } } },
    };
    expect(await sentBy(call)).toEqual({
      model: "llama3.2",
      messages: [{ role: "user", content: "hi" }],
      think: false,
      stream: false,
      options: {
        temperature: 0.2,
        top_p: 0.9,
        top_k: 40,
        seed: 7,
        num_predict: 12,
        stop: ["END"],
        presence_penalty: 0.1,
        frequency_penalty: 0.3,
        num_ctx: 4096,
        min_p: 0.05,
      },
    });
  });

  it("leaves out what was not asked for", async () => {
    expect(await sentBy({ stopSequences: [] })).toEqual({
      model: "llama3.2",
      messages: [{ role: "user", content: "hi" }],
      think: false,
      stream: false,
    });
  });

  it("keeps the model loaded as long as the settings or the call say", async () => {
    expect(await sentBy({}, { keepAlive: "5m" })).toHaveProperty("keep_alive", "5m");
    expect(await sentBy({}, { keepAlive: -1 })).toHaveProperty("keep_alive", -1);
    const providerOptions = { ollama: { keepAlive: 0 } };
    expect(await sentBy({ providerOptions }, { keepAlive: "5m" })).toHaveProperty("keep_alive", 0);
  });

  it("thinks only where it was asked to", async () => {
    expect(await sentBy({ reasoning: "provider-default" })).toHaveProperty("think", false);
    expect(await sentBy({ reasoning: "none" })).toHaveProperty("think", false);
    expect(await sentBy({ reasoning: "medium" })).toHaveProperty("think", true);
    expect(await sentBy({ providerOptions: { ollama: { think: true } } })).toHaveProperty("think", true);
    expect(await sentBy({ providerOptions: { ollama: { think: "high" } } })).toHaveProperty("think", "high");
  });

  it("asks for JSON, with the schema where there is one", async () => {
    const schema = { type: "object", properties: { a: { type: "number" } } } as const;
    expect(await sentBy({ responseFormat: { type: "json", schema } })).toHaveProperty("format", schema);
    expect(await sentBy({ responseFormat: { type: "json" } })).toHaveProperty("format", "json");
    expect(await sentBy({ responseFormat: { type: "text" } })).not.toHaveProperty("format");
  });

  it("names the tool whose result it gives, and gives a call's arguments as an object", async () => {
    const call = { type: "tool-call", toolCallId: "c1", toolName: "look_up" } as const;
    const result = {
      type: "tool-result",
      toolCallId: "c1",
      toolName: "look_up",
      output: { type: "text", value: "31" },
    } as const;
    for (const input of [{ city: "Oslo" }, '{"city":"Oslo"}']) {
      const body = await sentBy({
        prompt: [
          ...question("weather?"),
          { role: "assistant", content: [{ ...call, input }] },
          { role: "tool", content: [result] },
        ],
      });
      expect(body).toHaveProperty("messages.1.tool_calls.0.function", { name: "look_up", arguments: { city: "Oslo" } });
      expect(body).toHaveProperty("messages.2", {
        role: "tool",
        tool_name: "look_up",
        tool_call_id: "c1",
        content: "31",
      });
    }
  });
});
