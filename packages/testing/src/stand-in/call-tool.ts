import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import { fillSchema } from "./fill-schema.ts";
import { isObject } from "./json-schema.ts";
import type { Reading } from "./read-prompt.ts";
import { overlap, stems } from "./words.ts";

export interface ChosenTool {
  /** Unique in the conversation. */
  readonly id: string;
  readonly name: string;
  /** The arguments as JSON. */
  readonly input: string;
}

/** The tool whose name and description share most with what was said, with its arguments; none where none shares anything, unless one must be called. */
export function callTool(options: LanguageModelCallOptions, reading: Reading): ChosenTool | undefined {
  const { tools = [], toolChoice } = options;
  if (toolChoice?.type === "none" || tools.length === 0) return undefined;
  const mustCall = toolChoice?.type === "required" || toolChoice?.type === "tool";
  // The results are there: they are to be told, not asked for again.
  if (reading.toolResults.length > 0 && !mustCall) return undefined;
  const text = `${reading.instruction}\n${reading.material}`;
  const said = new Set(stems(text));
  const callable = tools.filter((tool) => tool.type === "function");
  const ranked = callable
    .filter((tool) => toolChoice?.type !== "tool" || tool.name === toolChoice.toolName)
    .map((tool) => ({ tool, score: scoreOf(tool, said) }))
    .sort((a, b) => b.score - a.score);
  const [best] = ranked;
  if (best === undefined || (best.score === 0 && !mustCall)) return undefined;
  const filled = fillSchema(best.tool.inputSchema, { ...reading, material: text.trim() });
  return {
    id: `call-${countCalls(options) + 1}`,
    name: best.tool.name,
    input: JSON.stringify(isObject(filled) ? filled : {}),
  };
}

function countCalls({ prompt }: LanguageModelCallOptions): number {
  const parts = prompt.flatMap((message) => (message.role === "assistant" ? message.content : []));
  return parts.filter((part) => part.type === "tool-call").length;
}

function scoreOf(tool: LanguageModelTool, said: ReadonlySet<string>): number {
  const name = tool.name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_.-]+/g, " ");
  const schema: unknown = tool.inputSchema;
  const properties = isObject(schema) && isObject(schema.properties) ? Object.keys(schema.properties).join(" ") : "";
  return (
    3 * overlap(stems(name), said) + overlap(stems(tool.description ?? ""), said) + overlap(stems(properties), said)
  );
}
