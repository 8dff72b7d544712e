import { describe, expect, test } from "vitest";
import type { Capabilities } from "../../model/capabilities.ts";
import type { LanguageModelCallOptions } from "../../model/contract.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { type AnswerShape, rungOf, shapeCall } from "./answer-shape.ts";

const shape: AnswerShape = { name: "answer", schema: { type: "object" }, instruction: "As JSON.", from: "native" };

function candidate(capabilities?: Capabilities): Candidate {
  // Safe: only the model's capabilities are looked at.
  return { model: { id: "m", ...(capabilities && { capabilities }) } } as Candidate;
}

describe("rungOf", () => {
  test.each<[string, Partial<AnswerShape>, Capabilities | undefined]>([
    ["native", {}, { structuredOutput: true, tools: true }],
    ["tool", {}, { tools: true }],
    ["tool", {}, undefined],
    ["prompt", {}, { tools: false }],
    ["tool", { from: "tool" }, { structuredOutput: true, tools: true }],
    ["prompt", { from: "tool" }, { structuredOutput: true, tools: false }],
    ["prompt", { from: "prompt" }, { structuredOutput: true, tools: true }],
  ])("is %s from %j for a model with %j", (rung, more, capabilities) => {
    expect(rungOf({ ...shape, ...more }, candidate(capabilities))).toBe(rung);
  });

  test("is the prompt where no object can stand for the shape", () => {
    const { schema: _, ...inWords } = shape;
    expect(rungOf(inWords, candidate({ structuredOutput: true }))).toBe("prompt");
  });
});

describe("shapeCall", () => {
  const prompt = (): LanguageModelCallOptions => ({
    prompt: [
      { role: "user", content: [{ type: "text", text: "first" }] },
      { role: "assistant", content: [{ type: "text", text: "no" }] },
      { role: "user", content: [{ type: "text", text: "last" }] },
    ],
  });

  test("writes the shape under the last thing that the user said, and leaves the given prompt as it was", () => {
    const call = prompt();
    const before = call.prompt;
    shapeCall(call, "prompt", shape);
    expect(call.prompt.map(({ content }) => (Array.isArray(content) ? content.length : 0))).toEqual([1, 1, 2]);
    expect(before).toEqual(prompt().prompt);
    expect([call.tools, call.responseFormat]).toEqual([undefined, undefined]);
  });

  test("gives away only copies of the schema", () => {
    const native = prompt();
    shapeCall(native, "native", shape);
    const tool = prompt();
    shapeCall(tool, "tool", shape);
    expect(native.responseFormat).toEqual({ type: "json", name: "answer", schema: shape.schema });
    expect(native.responseFormat?.type === "json" && native.responseFormat.schema).not.toBe(shape.schema);
    expect(tool.tools).toMatchObject([{ type: "function", name: "answer", inputSchema: shape.schema }]);
    expect(tool.toolChoice).toEqual({ type: "tool", toolName: "answer" });
  });
});
