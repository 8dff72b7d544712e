import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import type { ChatModelFunctions } from "node-llama-cpp";
import { toolParameters } from "../schema/tool-parameters.ts";
import { rebaseRefs } from "./rebase-refs.ts";

/** What a call wants of tools. */
export type ToolPlan =
  | { readonly kind: "none" }
  /** The model may call them. What it writes is not held to what is in `unheld`, by place. */
  | {
      readonly kind: "offered";
      readonly tools: readonly LanguageModelTool[];
      readonly functions: ChatModelFunctions;
      readonly unheld: readonly string[];
    }
  /** It has to call one: what it writes is held to the input of one of them. */
  | { readonly kind: "forced"; readonly tools: readonly LanguageModelTool[] };

/** @throws Error where the tools, or which of them is wanted, make no sense. */
export function planTools({ tools = [], toolChoice }: LanguageModelCallOptions): ToolPlan {
  const own = tools.filter((tool): tool is LanguageModelTool => tool.type === "function");
  if (toolChoice?.type === "tool") return { kind: "forced", tools: [chosen(own, toolChoice.toolName)] };
  if (own.length === 0 || toolChoice?.type === "none") return { kind: "none" };
  if (toolChoice?.type === "required") return { kind: "forced", tools: own };
  const unheld = new Set<string>();
  const skip = (path: string, keyword: string) => unheld.add(`${path}: ${keyword}`);
  const functions = Object.fromEntries(own.map((tool) => toFunction(tool, skip)));
  return { kind: "offered", tools: own, functions, unheld: [...unheld] };
}

function chosen(tools: readonly LanguageModelTool[], wanted: string): LanguageModelTool {
  const found = tools.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const known = tools.length === 0 ? "none" : tools.map(({ name }) => name).join(", ");
  throw new Error(`toolChoice asks for a call of ${JSON.stringify(wanted)}, and the tools here are: ${known}`);
}

function toFunction(
  { name, description, inputSchema }: LanguageModelTool,
  skip: (path: string, keyword: string) => void,
): [string, ChatModelFunctions[string]] {
  const params = toolParameters(inputSchema, `/tools/${name}`, skip);
  return [name, { ...(description !== undefined && { description }), ...(params !== undefined && { params }) }];
}

/** The schema of a forced call: which tool, and its input. */
export function schemaOfCall(tools: readonly LanguageModelTool[]): unknown {
  return {
    anyOf: tools.map(({ name, inputSchema }, at) => ({
      type: "object",
      // References are looked up from the root: each tool's have to lead into its own schema.
      properties: { name: { const: name }, arguments: rebaseRefs(inputSchema, `/anyOf/${at}/properties/arguments`) },
      required: ["name", "arguments"],
    })),
  };
}

/** What tells a model of the tools, one of which it has to call. */
export function instructionOf(tools: readonly LanguageModelTool[]): string {
  const told = tools.map(({ name, description = "", inputSchema }) =>
    JSON.stringify({ name, description, parameters: inputSchema }),
  );
  return `Call ${tools.length === 1 ? "this function" : "one of these functions"}:\n${told.join("\n")}\nAnswer with the call alone: {"name": the function's name, "arguments": what it is given}`;
}
