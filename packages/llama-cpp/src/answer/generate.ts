import type { LanguageModelStreamPart } from "@catenary/core";
import type {
  ChatModelFunctions,
  LLamaChatGenerateResponseOptions,
  LlamaChatResponse,
  LlamaGrammar,
  Token,
} from "node-llama-cpp";
import type { CoreLease } from "../library/core-share.ts";
import type { ChatSlot } from "../model/open-chat.ts";
import type { OpenModel } from "../model/open-model.ts";
import type { Origin } from "../origin.ts";
import { openGrammar } from "./open-grammar.ts";
import { createPartWriter, type Emit } from "./part-writer.ts";
import type { CallPlan } from "./plan-call.ts";
import { readPrompt } from "./read-prompt.ts";
import { emitCall, readForcedCall } from "./tool-calls.ts";

export interface Generation {
  readonly origin: Origin;
  readonly open: OpenModel;
  readonly slot: ChatSlot;
  readonly cores: CoreLease;
  readonly plan: CallPlan;
  /** The prompt's. */
  readonly tokens: readonly Token[];
  /** How many tokens the answer may have. */
  readonly maxTokens: number;
  readonly signal: AbortSignal;
}

type Finish = Extract<LanguageModelStreamPart, { type: "finish" }>;

/** Has the model answer, and hands its parts over as they come, the last one included. */
export async function generate(generation: Generation, emit: Emit): Promise<void> {
  const { origin, open, slot, cores, plan, tokens, signal } = generation;
  const cached = await readPrompt(slot.sequence, tokens, signal, cores.adjust);
  const before = slot.sequence.tokenMeter.getState();
  const writer = createPartWriter(emit);
  const forced: string[] = [];
  const isForced = plan.tools.kind === "forced";
  const held = plan.grammar;
  const grammar = held === undefined ? undefined : await openGrammar(open.model.llama, held.grammar, origin);
  let thoughts = 0;
  const take = (kind: "text" | "reasoning", piece: string) => {
    if (isForced) forced.push(piece);
    else writer.write(kind, piece);
  };
  take("text", held?.start ?? "");
  const response = await slot.chat.generateResponse<ChatModelFunctions>(plan.history, {
    ...optionsOf(generation),
    ...heldTo(grammar, plan.functions),
    onResponseChunk({ type, text: piece, tokens: { length } }) {
      cores.adjust();
      if (type === "segment") thoughts += length;
      take(type === "segment" ? "reasoning" : "text", piece);
    },
  });
  writer.end();
  const calls = isForced ? [readForcedCall(forced.join(""))].filter((call) => call !== undefined) : callsIn(response);
  const tools = plan.tools.kind === "none" ? [] : plan.tools.tools;
  for (const call of calls) emitCall(emit, call, tools);
  const { usedOutputTokens: written } = slot.sequence.tokenMeter.diff(before);
  emit({
    type: "finish",
    finishReason: finishReasonOf(response, calls.length > 0),
    usage: usageOf(tokens.length, cached, written, thoughts),
  });
}

type Options = LLamaChatGenerateResponseOptions<ChatModelFunctions>;
type Response = LlamaChatResponse<ChatModelFunctions>;

function optionsOf({ plan, maxTokens, signal }: Generation) {
  return {
    ...plan.sampling,
    maxTokens,
    signal,
    ...(plan.stop.length > 0 && { customStopTriggers: plan.stop }),
    ...(plan.thoughtTokens !== undefined && { budgets: { thoughtTokens: plan.thoughtTokens } }),
    contextShift: NO_SHIFT,
  };
}

/** The library writes calls of functions with a grammar of its own. */
function heldTo(grammar: LlamaGrammar | undefined, functions: ChatModelFunctions | undefined) {
  if (grammar !== undefined) return { grammar };
  return functions === undefined ? {} : { functions };
}

/** What does not fit is refused before; nothing of a conversation is left out in silence. */
const NO_SHIFT: NonNullable<Options["contextShift"]> = {
  size: 1,
  strategy: ({ chatHistory }) => ({ chatHistory: [...chatHistory] }),
};

function callsIn({ functionCalls = [] }: Response) {
  return functionCalls.map(({ functionName, params }) => ({ name: functionName, input: params }));
}

function finishReasonOf({ metadata: { stopReason } }: Response, isCall: boolean): Finish["finishReason"] {
  if (isCall) return { unified: "tool-calls", raw: stopReason };
  return { unified: stopReason === "maxTokens" ? "length" : "stop", raw: stopReason };
}

function usageOf(prompt: number, cached: number, written: number, thoughts: number): Finish["usage"] {
  return {
    inputTokens: { total: prompt, noCache: prompt - cached, cacheRead: cached, cacheWrite: undefined },
    outputTokens: { total: written, text: Math.max(0, written - thoughts), reasoning: thoughts },
  };
}
