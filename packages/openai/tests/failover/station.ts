import type { Backend, BackendModel, BackendRouting } from "@catenary/core";
import type { NodeFetch } from "@catenary/node";
import { ollama } from "@catenary/ollama";
import { createFakeOllama, createFakeOpenAI, type Fault, type RecordedRequest } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { openai } from "../../src/openai.ts";
import { openaiCompatible } from "../../src/openai-compatible.ts";
import { interrupt, type Trouble } from "./trouble.ts";

/** OpenAI's own server, another one that speaks its protocol, or Ollama. */
export type Kind = "OpenAI" | "compatible" | "Ollama";

/** The model that every server has. */
export const MODEL = "tiny:latest";

export interface StationOptions {
  readonly kind: Kind;
  readonly id: string;
  /** What its model says. */
  readonly words: string;
  readonly fetch: NodeFetch;
  readonly routing?: BackendRouting;
  /** What is known of its model. */
  readonly model?: Omit<BackendModel, "id">;
  readonly apiKey?: string;
  /** Resolves when who asked has read so many words. */
  readonly arrived: (words: number) => Promise<void>;
}

/** A server of one kind on a socket of this machine, what goes wrong with it, and the backend that calls it. */
export interface Station extends AsyncDisposable {
  readonly kind: Kind;
  readonly words: string;
  readonly backend: Backend;
  /** What its model was asked, oldest first. */
  readonly asked: readonly RecordedRequest[];
  /** Happens to the next calls of its model, one each. */
  next(...troubles: readonly (Trouble | undefined)[]): void;
  /** Happens to every call for which nothing else is planned. */
  always(trouble: Trouble | undefined): void;
  /** Nothing goes wrong any more. */
  clear(): void;
  /** The next answers of its model, one each, before it says its words again. */
  reply(...answers: readonly Answer[]): void;
  connections(): number;
  requestsUnderWay(): number;
}

export interface Answer {
  readonly content: string;
  readonly promptTokens?: number;
  readonly answerTokens?: number;
  /** Default: it is whole. Not for Ollama, which has other reasons. */
  readonly finishReason?: string;
}

const OPENAI = {
  path: "/v1/chat/completions",
  chunksBefore: 1,
  garbage: 'data: {"id":"x","choices":[{"delta":{"cont\n\n',
  fake: createOpenAI,
} as const;

/** What differs between the kinds. */
const KINDS = {
  OpenAI: { ...OPENAI, backend: createOpenAIBackend },
  compatible: { ...OPENAI, backend: createCompatibleBackend },
  Ollama: {
    path: "/api/chat",
    chunksBefore: 0,
    garbage: '{"model":"tiny","message":{"role":"assist\n',
    fake: createOllama,
    backend: createOllamaBackend,
  },
} as const;

export async function openStation(options: StationOptions): Promise<Station> {
  const { kind, words, arrived } = options;
  const { path, chunksBefore, garbage, fake: create, backend } = KINDS[kind];
  const fake = create(words);
  const planned: (Trouble | undefined)[] = [];
  let standing: Trouble | undefined;

  const served = await serve(async (request) => {
    if (new URL(request.url).pathname !== path) return fake(request);
    const trouble = planned.length > 0 ? planned.shift() : standing;
    if (trouble?.kind !== "interrupt") {
      if (trouble !== undefined) fake.faults.next(trouble satisfies Fault);
      return fake(request);
    }
    const text = await request.clone().text();
    const isStreamed = isStreaming(kind, text);
    const { signal } = request;
    return interrupt(await fake(request), trouble, { chunksBefore, garbage, isStreamed, signal, arrived });
  });

  return {
    kind,
    words,
    backend: backend(served.url, options),
    get asked() {
      return fake.requests.filter((request) => request.path === path);
    },
    next: (...troubles) => void planned.push(...troubles),
    always: (trouble) => {
      standing = trouble;
    },
    clear: () => {
      planned.length = 0;
      standing = undefined;
    },
    reply: (...answers) => fake.reply(...answers),
    connections: served.connections,
    requestsUnderWay: served.requestsUnderWay,
    [Symbol.asyncDispose]: () => served.close(),
  };
}

/** Ollama streams unless it is told not to, OpenAI's servers only where they are told to. */
function isStreaming(kind: Kind, text: string): boolean {
  return kind === "Ollama" ? !/"stream":\s*false/.test(text) : /"stream":\s*true/.test(text);
}

function createOpenAI(words: string) {
  return createFakeOpenAI({ models: [MODEL], answer: () => words });
}

function createOllama(words: string) {
  return createFakeOllama({ models: [MODEL], answer: () => words });
}

function createOpenAIBackend(url: string, options: StationOptions): Backend {
  return openai({ ...openAISettings(url, options), apiKey: options.apiKey ?? "the key of a test" });
}

function createCompatibleBackend(url: string, options: StationOptions): Backend {
  const { apiKey } = options;
  return openaiCompatible({ ...openAISettings(url, options), ...(apiKey !== undefined && { apiKey }) });
}

function openAISettings(url: string, { id, fetch, routing, model }: StationOptions) {
  const common = { id, baseUrl: `${url}/v1`, fetch, models: [{ id: MODEL, ...model }] };
  return { ...common, ...(routing !== undefined && { routing }) };
}

function createOllamaBackend(url: string, { id, fetch, routing, model, apiKey }: StationOptions): Backend {
  return ollama({
    id,
    baseUrl: url,
    fetch,
    ...(model !== undefined && { models: { [MODEL]: model } }),
    ...(apiKey !== undefined && { headers: { authorization: `Bearer ${apiKey}` } }),
    ...(routing !== undefined && { routing }),
  });
}
