import { type LanguageModelCallOptions, type LanguageModelResult, ModelError } from "@catenary/core";
import type { ChatHistoryItem, ChatModelFunctions } from "node-llama-cpp";
import { messageOf } from "../message-of.ts";
import type { Origin } from "../origin.ts";
import { toHistory } from "../prompt/to-history.ts";
import { ANY_OBJECT, grammarOf, type SchemaGrammar } from "../schema/grammar-of.ts";
import { instructionOf, planTools, schemaOfCall, type ToolPlan } from "./plan-tools.ts";
import { type Sampling, samplingOf } from "./sampling.ts";

type Warnings = LanguageModelResult["warnings"];

/** What a call asks of the library. */
export interface CallPlan {
  readonly history: ChatHistoryItem[];
  readonly tools: ToolPlan;
  readonly functions: ChatModelFunctions | undefined;
  /** What the answer is held to. */
  readonly grammar: SchemaGrammar | undefined;
  readonly sampling: Sampling;
  readonly stop: readonly string[];
  readonly maxTokens: number | undefined;
  /** How many tokens the model may think before it answers, where it can think. */
  readonly thoughtTokens: number | undefined;
  readonly warnings: Warnings;
}

/**
 * Reads a call.
 *
 * @throws ModelError `bad_request` for what the model cannot be asked.
 */
export function planCall(call: LanguageModelCallOptions, origin: Origin): CallPlan {
  const tools = orRefusal(() => planTools(call), origin);
  const warnings: Warnings = [];
  const grammar = grammarOfCall(call, tools, origin, warnings);
  if (tools.kind === "offered") tellUnheld(tools.unheld, "tools", "a call", warnings);
  for (const { type, name } of call.tools ?? []) {
    if (type === "provider")
      warnings.push({ type: "unsupported", feature: `tool ${name}`, details: "no model here knows it" });
  }
  return {
    history: begun(withInstruction(toHistory(call.prompt, origin), tools), grammar?.start ?? ""),
    tools,
    functions: tools.kind === "offered" ? tools.functions : undefined,
    grammar,
    sampling: samplingOf(call, warnings),
    stop: stopOf(call, warnings),
    maxTokens: maxTokensOf(call, origin, warnings),
    thoughtTokens: thoughtTokensOf(call, grammar),
    warnings,
  };
}

/** An empty one would end every answer before it begins. */
function stopOf({ stopSequences = [] }: LanguageModelCallOptions, warnings: Warnings): readonly string[] {
  const stop = stopSequences.filter((text) => text !== "");
  if (stop.length < stopSequences.length) {
    warnings.push({ type: "unsupported", feature: "stopSequences", details: "an empty text is left out" });
  }
  return stop;
}

function maxTokensOf(
  { maxOutputTokens }: LanguageModelCallOptions,
  { backend, model }: Origin,
  warnings: Warnings,
): number | undefined {
  if (maxOutputTokens === undefined) return undefined;
  if (maxOutputTokens >= 1) {
    const whole = Math.floor(maxOutputTokens);
    if (whole < maxOutputTokens) {
      const details = `expected a whole number, got ${maxOutputTokens}: taken as ${whole}`;
      warnings.push({ type: "unsupported", feature: "maxOutputTokens", details });
    }
    return whole;
  }
  throw new ModelError(
    `an answer of model ${model} on ${backend} has at least one token; maxOutputTokens is ${String(maxOutputTokens)}: raise it, or leave it out`,
    { failure: "bad_request", status: 400, backend, model },
  );
}

function grammarOfCall(
  { responseFormat }: LanguageModelCallOptions,
  tools: ToolPlan,
  origin: Origin,
  warnings: Warnings,
): SchemaGrammar | undefined {
  if (tools.kind === "forced") return heldTo(schemaOfCall(tools.tools), origin, "tools", warnings);
  if (responseFormat?.type !== "json") return undefined;
  if (tools.kind === "none") return heldTo(responseFormat.schema ?? ANY_OBJECT, origin, "responseFormat", warnings);
  const details = "an answer is held to no schema while tools are offered";
  warnings.push({ type: "unsupported", feature: "responseFormat", details });
  return undefined;
}

function heldTo(schema: unknown, origin: Origin, feature: string, warnings: Warnings): SchemaGrammar {
  const held = orRefusal(() => grammarOf(schema), origin);
  tellUnheld(held.unheld, feature, "the answer", warnings);
  return held;
}

function tellUnheld(unheld: readonly string[], feature: string, what: string, warnings: Warnings): void {
  const told = unheld.slice(0, MOST_TOLD).join(", ");
  if (told !== "") warnings.push({ type: "unsupported", feature, details: `${what} is not held to: ${told}` });
}

/** How many keywords a warning names. */
const MOST_TOLD = 10;

/** What cannot be made of a call is its author's to mend. */
function orRefusal<T>(make: () => T, { backend, model }: Origin): T {
  try {
    return make();
  } catch (cause) {
    throw new ModelError(`model ${model} on ${backend} cannot be held to what was asked for: ${messageOf(cause)}`, {
      failure: "bad_request",
      status: 400,
      backend,
      model,
      cause,
    });
  }
}

/** Small models look for what to do in what the user said last. */
function withInstruction(history: ChatHistoryItem[], tools: ToolPlan): ChatHistoryItem[] {
  if (tools.kind !== "forced") return history;
  const instruction = instructionOf(tools.tools);
  const [answer, last] = [history.at(-1), history.at(-2)];
  const isOpen = answer?.type === "model" && answer.response.length === 0;
  if (isOpen && last?.type === "user") {
    return [...history.slice(0, -2), { type: "user", text: `${last.text}\n\n${instruction}` }, answer];
  }
  const before = isOpen ? history.slice(0, -1) : history;
  return [...before, { type: "user", text: instruction }, { type: "model", response: [] }];
}

/** The answer that is to be written, with what it begins with. */
function begun(history: ChatHistoryItem[], start: string): ChatHistoryItem[] {
  const last = history.at(-1);
  if (start === "" || last?.type !== "model") return history;
  // An answer that goes on after a tool's result begins anew.
  return [...history.slice(0, -1), { type: "model", response: [...last.response, start] }];
}

/** Thinking is off unless a call asks for it, and where a grammar holds the answer. */
function thoughtTokensOf(
  { reasoning = "none" }: LanguageModelCallOptions,
  grammar: SchemaGrammar | undefined,
): number | undefined {
  return reasoning === "none" || grammar !== undefined ? 0 : undefined;
}
