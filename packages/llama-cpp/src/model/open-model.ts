import { realpath } from "node:fs/promises";
import { type Capabilities, CatenaryError } from "@catenary/core";
import type { LlamaEmbeddingContext, LlamaModel } from "node-llama-cpp";
import { capabilitiesOf } from "../file/capabilities-of.ts";
import { checkFile, fileError } from "../file/check-file.ts";
import { type AvailableMemory, checkMemory } from "../file/check-memory.ts";
import { neededBytes } from "../file/memory-need.ts";
import { type ModelFacts, readFacts } from "../file/read-facts.ts";
import type { CoreLease } from "../library/core-share.ts";
import type { Gpu, Library, LoadLibrary } from "../library/library.ts";
import { loadLibrary } from "../library/load-library.ts";
import { openLlama } from "../library/open-llama.ts";
import type { Platform } from "../library/platform-package.ts";
import { toldBy } from "../library/told-by.ts";
import { messageOf } from "../message-of.ts";
import type { Origin } from "../origin.ts";
import { batchOf, type ChatContext, openChat } from "./open-chat.ts";
import { createShelf, type Heavy, type Taken } from "./shelf.ts";

/** What a model runs on. */
export interface Machine {
  readonly load: LoadLibrary;
  readonly platform: Platform;
  readonly available: AvailableMemory;
}

export interface OpenOptions {
  readonly origin: Origin;
  readonly machine: Machine;
  readonly gpu: Gpu;
  /** How many compute; undefined: as many as cores are free. */
  readonly threads: number | undefined;
  readonly sequences: number;
  /** Tokens of one conversation, where somebody said how many. */
  readonly contextLength: number | undefined;
  /** What somebody knows better than the file. */
  readonly capabilities: Capabilities | undefined;
}

/** A model in memory. */
export interface OpenModel {
  readonly library: Library;
  readonly model: LlamaModel;
  /** A call begins to compute with it. */
  readonly enter: () => CoreLease;
  /** What it can do, as its file and its declaration say. */
  readonly capabilities: Capabilities;
  /** Tokens of one conversation. */
  readonly contextLength: number;
  /** Where it answers; memory is taken at the first use. */
  chat(): Promise<ChatContext>;
  /** Where it makes vectors; memory is taken at the first use. */
  embedder(): Promise<LlamaEmbeddingContext>;
  dispose(): Promise<void>;
}

/** The files that are in memory, on which hardware, for all backends of the process. */
const files = createShelf<LlamaModel>();

/** What a conversation may have where nobody says otherwise: the memory for it is taken whether it is used or not. */
const USUAL_LENGTH = 4096;

/** Tokens of one conversation with a model. */
export function contextLengthOf(declared: number | undefined, { trainedLength }: ModelFacts): number {
  return declared ?? Math.min(trainedLength, USUAL_LENGTH);
}

/** Loads the model of a file, and says in its errors what to do about them. */
export async function openModel(path: string, options: OpenOptions, signal: AbortSignal): Promise<OpenModel> {
  const { origin, machine, gpu, sequences } = options;
  await checkFile(path, origin);
  const library = await loadLibrary(machine.load, machine.platform);
  const facts = await readFacts(library, path, signal).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw fileError(origin, `${path} is not a whole GGUF file: ${messageOf(cause)}. Fetch it again`, cause);
  });
  if (facts.repeatedToken !== undefined) {
    throw fileError(
      origin,
      `${path} has the token ${JSON.stringify(facts.repeatedToken)} twice in its vocabulary, and llama.cpp takes no such file`,
    );
  }
  const contextLength = contextLengthOf(options.contextLength, facts);
  const { llama, cores } = await openLlama(library, gpu, machine.platform);
  const threads = options.threads ?? llama.cpuMathCores;
  const key = `${await realpath(path)} on ${String(llama.gpu)}`;
  // Memory of graphics cards is judged by the library.
  const need = (bytes: number, what: string) => {
    if (llama.gpu === false) checkMemory(bytes, what, machine.available, origin);
  };
  const places = facts.isEmbedding
    ? { contextLength, sequences: 1, batch: contextLength }
    : { contextLength, sequences, batch: batchOf(contextLength) };
  need(
    (files.has(key) ? 0 : facts.bytes) + neededBytes(facts, places),
    `${path} with ${contextLength} tokens of context`,
  );
  const failed = async (cause: unknown): Promise<never> => {
    throw await loadError(cause, path, origin);
  };
  const weights = await files.take(key, () => llama.loadModel({ modelPath: path })).catch(failed);
  const chat = onDemand(() =>
    cores.withoutLimit(() => openChat(library, weights.thing, { contextLength, sequences, threads })).catch(failed),
  );
  const embedder = onDemand(() =>
    cores
      .withoutLimit(() =>
        weights.thing.createEmbeddingContext({ contextSize: contextLength, batchSize: contextLength, threads }),
      )
      .catch(failed),
  );
  return {
    library,
    model: weights.thing,
    enter: () => cores.enter(options.threads),
    capabilities: { ...capabilitiesOf(facts), ...options.capabilities },
    contextLength,
    chat: chat.get,
    embedder: embedder.get,
    dispose: () => disposeAll([chat, embedder], weights),
  };
}

interface OnDemand<T> {
  readonly get: () => Promise<T>;
  dispose(): Promise<void>;
}

function onDemand<T extends Heavy>(make: () => Promise<T>): OnDemand<T> {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make().catch((error: unknown) => {
        made = undefined;
        throw error;
      });
      return made;
    },
    dispose: async () => made?.then((one) => one.dispose()),
  };
}

async function disposeAll(parts: readonly OnDemand<unknown>[], weights: Taken<LlamaModel>): Promise<void> {
  // One that could not be made needs no disposal, and whoever asked for it was told.
  await Promise.allSettled(parts.map((part) => part.dispose()));
  await weights.release();
}

async function loadError(cause: unknown, path: string, origin: Origin): Promise<unknown> {
  if (CatenaryError.isInstance(cause)) return cause;
  const said = await toldBy(cause);
  if (cause instanceof Error && cause.constructor.name === "InsufficientMemoryError") {
    return fileError(
      origin,
      `not enough memory for ${path} (${said}). Use a smaller model, or lower \`contextLength\` or \`sequences\``,
      cause,
    );
  }
  return fileError(
    origin,
    `llama.cpp could not load ${path} (${said}). Is the file whole, and of an architecture that this version knows?`,
    cause,
  );
}
