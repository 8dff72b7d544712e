import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import { expect } from "vitest";
import { ask, readStream, textOf } from "./calls.ts";
import { type BackendTest, lastSent, type Subject, type SubjectOptions } from "./subject.ts";

const lacks = ({ supports }: SubjectOptions) => (supports?.tools ? undefined : "the backend's model takes no tools");

const weather: LanguageModelTool = {
  type: "function",
  name: "look_up_weather",
  description: "Tells the weather of a city.",
  inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
};

export const toolTests = {
  "asks for a tool that it is offered, and answers with the result": {
    lacks,
    run: async (subject) => {
      const question = toolQuestion(subject);
      const asked = await subject.model.doGenerate(question);
      const call = asked.content.find((part) => part.type === "tool-call");
      expect(asked.finishReason.unified).toBe("tool-calls");
      expect(call?.toolName).toBe("look_up_weather");
      const input: unknown = JSON.parse(call?.input ?? "");
      expect(input).toHaveProperty("city");

      const toolCallId = call?.toolCallId ?? "";
      const toolName = "look_up_weather";
      const answered = await subject.model.doGenerate({
        ...question,
        prompt: [
          ...question.prompt,
          { role: "assistant", content: [{ type: "tool-call", toolCallId, toolName, input }] },
          {
            role: "tool",
            content: [{ type: "tool-result", toolCallId, toolName, output: { type: "text", value: "31 degrees" } }],
          },
        ],
      });
      expect(textOf(answered)).not.toBe("");
      if (subject.server !== undefined) {
        for (const part of ["31 degrees", "look_up_weather"]) expect(lastSent(subject.server)).toContain(part);
      }
    },
  },
  "streams a request for a tool": {
    lacks,
    run: async (subject) => {
      const { stream } = await subject.model.doStream(toolQuestion(subject));
      const { parts } = await readStream(stream);
      const call = parts.find((part) => part.type === "tool-call");
      expect(call?.toolName).toBe("look_up_weather");
      expect(JSON.parse(call?.input ?? "")).toHaveProperty("city");
      expect(parts.find((part) => part.type === "finish")?.finishReason.unified).toBe("tool-calls");
    },
  },
} satisfies Record<string, BackendTest>;

function toolQuestion(subject: Subject): LanguageModelCallOptions {
  return ask(subject, { text: "What is the weather in Oslo?", tools: [weather], maxOutputTokens: 64 });
}
