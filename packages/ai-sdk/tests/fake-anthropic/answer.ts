import { sampleOfSchema } from "@catenary/testing";
import { type Body, isAfterTool, lastText, records, schemaOf } from "./question.ts";

export interface Answer {
  readonly content: readonly object[];
  readonly stopReason: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Obeys a schema, calls the first tool that it is offered, and otherwise says what it was asked. */
export function answerTo(body: Body, scripted: readonly object[] | undefined): Answer {
  const [tool] = records(body.tools);
  const schema = schemaOf(body);
  if (scripted !== undefined) return finished(scripted, "end_turn");
  if (schema !== undefined)
    return finished([{ type: "text", text: JSON.stringify(sampleOfSchema(schema)) }], "end_turn");
  if (tool !== undefined && !isAfterTool(body)) {
    const input = sampleOfSchema(tool.input_schema) ?? {};
    return finished([{ type: "tool_use", id: "toolu_1", name: tool.name, input }], "tool_use");
  }
  const words = `This is ${body.model}. You said: ${lastText(body)}`.match(/\s*\S+/g) ?? [];
  const isCut = typeof body.max_tokens === "number" && body.max_tokens < words.length;
  const said = isCut ? words.slice(0, Number(body.max_tokens)) : words;
  return finished([{ type: "text", text: said.join("") }], isCut ? "max_tokens" : "end_turn");
}

function finished(content: readonly object[], stopReason: string): Answer {
  return { content, stopReason, inputTokens: 5, outputTokens: 7 };
}
