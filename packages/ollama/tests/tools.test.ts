import type { LanguageModelStreamPart, LanguageModelTool } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { notRun, realModels, realUrl, whyNoChanges, whyNotRun } from "./real-server.ts";
import { question } from "./sent-by.ts";
import { shapeOfAnswer } from "./shape-of-answer.ts";

const reason = (await whyNotRun()) ?? whyNoChanges();
if (reason !== undefined) notRun("tools on a real server", reason);

/** One name for all runs, so that one that was interrupted leaves nothing that the next does not take away. */
const model = "catenary-test-tools:latest";
const inputSchema: LanguageModelTool["inputSchema"] = {
  type: "object",
  properties: { a: { type: "string" } },
  required: ["a"],
};
const tool: LanguageModelTool = { type: "function", name: "f", description: "Does it.", inputSchema };
/** The small model would never call a tool by itself; held to this grammar it can say nothing else. */
const schema: LanguageModelTool["inputSchema"] = {
  type: "object",
  properties: {
    name: { const: "f" },
    parameters: { type: "object", properties: { a: { const: "b" } }, required: ["a"] },
  },
  required: ["name", "parameters"],
};
const template = `{{ if .Tools }}<|im_start|>system
{{ .Tools }}<|im_end|>
{{ end }}{{ range .Messages }}<|im_start|>{{ .Role }}
{{ .Content }}{{ range .ToolCalls }}{"name": "{{ .Function.Name }}", "parameters": {{ .Function.Arguments }}}{{ end }}<|im_end|>
{{ end }}<|im_start|>assistant
`;

describe.skipIf(reason !== undefined)("tools on a real server", { timeout: 60_000 }, () => {
  const post = (path: string, body: object, method = "POST") =>
    fetch(realUrl + path, { method, body: JSON.stringify(body) });

  beforeAll(async () => {
    const created = await post("/api/create", { model, from: realModels.chat, template, stream: false });
    if (!created.ok) throw new Error(`the server did not create ${model}: ${await created.text()}`);
  });
  afterAll(async () => {
    await post("/api/delete", { model }, "DELETE");
  });

  it("are called in a stream, and their results are taken", async () => {
    const languageModel = ollama({ baseUrl: realUrl }).languageModel(model);
    const call = { prompt: question("Do it."), tools: [tool], temperature: 0, maxOutputTokens: 40 };
    const { stream } = await languageModel.doStream({ ...call, responseFormat: { type: "json", schema } });
    const parts: LanguageModelStreamPart[] = [];
    for await (const part of stream) parts.push(part);

    const asked = parts.find((part) => part.type === "tool-call");
    expect(asked).toMatchObject({ toolName: "f", input: '{"a":"b"}' });
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason: { unified: "tool-calls" } });

    const toolCallId = asked?.toolCallId ?? "";
    const answered = await languageModel.doGenerate({
      ...call,
      maxOutputTokens: 3,
      prompt: [
        ...call.prompt,
        { role: "assistant", content: [{ type: "tool-call", toolCallId, toolName: "f", input: { a: "b" } }] },
        {
          role: "tool",
          content: [{ type: "tool-result", toolCallId, toolName: "f", output: { type: "text", value: "done" } }],
        },
      ],
    });
    expect(answered.usage.outputTokens.total).toBeGreaterThan(0);
  });

  it.each([true, false])("are called by the fake in the same shape (stream: %s)", async (stream) => {
    const body = {
      model,
      stream,
      messages: [{ role: "user", content: "Do it." }],
      tools: [{ type: "function", function: { name: "f", description: "Does it.", parameters: inputSchema } }],
      format: schema,
      options: { num_predict: 40, temperature: 0 },
    };
    const fake = createFakeOllama({ models: [model] });
    const told = await fake(`${realUrl}/api/chat`, { method: "POST", body: JSON.stringify(body) });
    expect(await shapeOfAnswer(told)).toEqual(await shapeOfAnswer(await post("/api/chat", body)));
  });
});
