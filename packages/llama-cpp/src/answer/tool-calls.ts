import type { LanguageModelTool } from "@catenary/core";
import { dropAbsent } from "../schema/drop-absent.ts";
import { isSchemaObject } from "../schema/is-schema-object.ts";
import type { Emit } from "./part-writer.ts";

/** A call of a tool that a model has written. */
export interface WrittenCall {
  readonly name: string;
  readonly input: unknown;
}

/** Hands a call over. It is for the caller to carry out. */
export function emitCall(emit: Emit, { name, input }: WrittenCall, tools: readonly LanguageModelTool[]): void {
  const schema = tools.find((tool) => tool.name === name)?.inputSchema;
  const written = JSON.stringify(dropAbsent(input ?? {}, schema));
  const toolCallId = `call-${crypto.randomUUID()}`;
  emit({ type: "tool-input-start", id: toolCallId, toolName: name });
  emit({ type: "tool-input-delta", id: toolCallId, delta: written });
  emit({ type: "tool-input-end", id: toolCallId });
  emit({ type: "tool-call", toolCallId, toolName: name, input: written });
}

/** The call that a model had to write; none where it was cut. */
export function readForcedCall(text: string): WrittenCall | undefined {
  const parsed = parse(text);
  if (!isSchemaObject(parsed) || typeof parsed.name !== "string") return undefined;
  return { name: parsed.name, input: parsed.arguments };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
