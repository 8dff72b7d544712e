import { type LanguageModelCallOptions, type LanguageModelResult, ModelError } from "@catenary/core";
import type { Token } from "node-llama-cpp";
import type { LocalModel } from "../model/local-model.ts";
import type { ChatContext, ChatSlot } from "../model/open-chat.ts";
import type { OpenModel } from "../model/open-model.ts";
import { untilAborted } from "../model/until-aborted.ts";
import type { Origin } from "../origin.ts";
import { generate } from "./generate.ts";
import type { Emit } from "./part-writer.ts";
import { type CallPlan, planCall } from "./plan-call.ts";

/**
 * One call: waits for a place, and hands the parts of the answer over as they come. The first one comes when the call has its
 * place. Rejects with the signal's reason when it is aborted.
 */
export function answerCall(local: LocalModel, call: LanguageModelCallOptions, emit: Emit): Promise<void> {
  const { origin } = local.options;
  return local.use(call.abortSignal, async (open, signal) => {
    if (open.capabilities.chat === false) throw writesNothing(origin);
    const plan = planCall(call, origin);
    const chat = await untilAborted(open.chat(), signal);
    const tokens = tokensOf(open, chat, plan);
    const room = roomFor(tokens.length, open.contextLength, origin);
    const maxTokens = Math.min(plan.maxTokens ?? local.options.maxTokens, room);
    const slot = await chat.slots.acquire(signal, (free) => mostAlike(free, tokens));
    const cores = open.enter();
    try {
      emit({ type: "stream-start", warnings: [...warningsOf(chat), ...plan.warnings] });
      await generate({ origin, open, slot, cores, plan, tokens, maxTokens, signal }, emit);
    } catch (error) {
      // After an abort what was read is still right; after anything else nobody knows.
      if (!signal.aborted) await slot.sequence.clearHistory();
      throw error;
    } finally {
      cores.leave();
      chat.slots.release(slot);
    }
  });
}

function writesNothing({ backend, model }: Origin): ModelError {
  return new ModelError(
    `${model} on ${backend} turns text into vectors and writes no words: ask another model, or embed with this one`,
    {
      failure: "bad_request",
      status: 400,
      backend,
      model,
    },
  );
}

function warningsOf({ template: { substitute } }: ChatContext): LanguageModelResult["warnings"] {
  return substitute === undefined ? [] : [{ type: "unsupported", feature: "chat template", details: substitute }];
}

/** The prompt as the model reads it. */
function tokensOf({ model }: OpenModel, { template }: ChatContext, { history, functions }: CallPlan): Token[] {
  const { contextText } = template.wrapper.generateContextState({
    chatHistory: history,
    ...(functions !== undefined && { availableFunctions: functions }),
  });
  return contextText.tokenize(model.tokenizer);
}

/** How many tokens an answer may have. */
function roomFor(prompt: number, contextLength: number, { backend, model }: Origin): number {
  const room = contextLength - prompt - 1;
  if (room > 0) return room;
  throw new ModelError(
    `the conversation has ${prompt} tokens, and the context of ${model} on ${backend} holds ${contextLength} with the answer: shorten it, or raise \`contextLength\` of the model`,
    { failure: "bad_request", reason: "context_length", status: 400, backend, model },
  );
}

/** The place that has read the longest beginning of a prompt already. */
function mostAlike(free: readonly ChatSlot[], tokens: Token[]): ChatSlot {
  const shared = ({ sequence }: ChatSlot) => sequence.compareContextTokens(tokens).firstDifferentIndex;
  return free.reduce((best, slot) => (shared(slot) > shared(best) ? slot : best));
}
