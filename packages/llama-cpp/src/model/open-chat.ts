import type { LlamaChat, LlamaContextSequence, LlamaModel } from "node-llama-cpp";
import type { Library } from "../library/library.ts";
import { type Template, templateOf } from "../prompt/template-of.ts";
import { createFairQueue, type FairQueue } from "./fair-queue.ts";

/** A place for one conversation at a time. What it computed last stays, so that a prompt that begins the same is not read again. */
export interface ChatSlot {
  readonly sequence: LlamaContextSequence;
  readonly chat: LlamaChat;
}

/** Where a model answers. */
export interface ChatContext {
  readonly template: Template;
  readonly slots: FairQueue<ChatSlot>;
  dispose(): Promise<void>;
}

export interface ChatContextOptions {
  /** Tokens of one conversation. */
  readonly contextLength: number;
  readonly sequences: number;
  readonly threads: number;
}

const LARGEST_BATCH = 512;

/** How many tokens of conversations are computed at once at most. */
export const batchOf = (contextLength: number) => Math.min(LARGEST_BATCH, contextLength);

export async function openChat(
  library: Library,
  model: LlamaModel,
  { contextLength, sequences, threads }: ChatContextOptions,
): Promise<ChatContext> {
  const template = templateOf(library, model);
  const context = await model.createContext({
    contextSize: contextLength,
    sequences,
    threads,
    batchSize: batchOf(contextLength),
    // A smaller context than was asked for would fail later, and worse.
    failedCreationRemedy: false,
  });
  const slots = Array.from({ length: sequences }, (): ChatSlot => {
    const sequence = context.getSequence();
    return { sequence, chat: new library.LlamaChat({ contextSequence: sequence, chatWrapper: template.wrapper }) };
  });
  return {
    template,
    slots: createFairQueue(slots),
    async dispose() {
      for (const { chat } of slots) chat.dispose();
      await context.dispose();
    },
  };
}
