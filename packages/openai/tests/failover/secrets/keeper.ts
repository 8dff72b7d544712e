import { createOpenAI } from "@ai-sdk/openai";
import { fromAISDK } from "@catenary/ai-sdk";
import type { Backend, BackendRouting } from "@catenary/core";
import { gemini } from "@catenary/gemini";
import type { NodeFetch } from "@catenary/node";
import { ollama } from "@catenary/ollama";
import { createFakeGemini, createFakeOllama, createFakeOpenAI, type Fault } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { openai } from "../../../src/openai.ts";
import { openaiCompatible } from "../../../src/openai-compatible.ts";

export const MODEL = "tiny:latest";

/** Every backend that can be given a key. */
export const KEEPERS = ["openai", "compatible", "ollama", "gemini", "ai-sdk"] as const;
export type KeeperId = (typeof KEEPERS)[number];

/** What a server does to whoever calls it. `echo` is what it was sent as a key, `elsewhere` another server's address. */
export type Misdeed = (echo: string, elsewhere: string) => Fault | { readonly kind: "fail in the middle" };

/** A server that repeats the key that it was sent wherever it can, and the backend that sends it. */
export interface Keeper {
  readonly id: KeeperId;
  readonly key: string;
  /** Stands in the path of its address, as some services have it. */
  readonly pathKey: string;
  readonly backend: Backend;
  /** Without a slash at its end. */
  readonly url: string;
  /** All that it was sent. */
  readonly received: readonly string[];
  /** Whether its list of models is there also while it misbehaves. */
  misbehave(misdeed: Misdeed | undefined, elsewhere: string, alsoLists: boolean): void;
}

interface Place {
  readonly url: string;
  readonly key: string;
  readonly fetch: NodeFetch;
  readonly routing: BackendRouting;
}

const MADE: Readonly<Record<KeeperId, (place: Place) => Backend>> = {
  openai: ({ url, key, ...rest }) => openai({ ...rest, baseUrl: `${url}/v1`, apiKey: key, models: { [MODEL]: {} } }),
  compatible: ({ url, key, ...rest }) =>
    openaiCompatible({ ...rest, id: "compatible", baseUrl: `${url}/v1`, headers: { "x-api-key": key } }),
  ollama: ({ url, key, ...rest }) => ollama({ ...rest, baseUrl: url, headers: { authorization: `Bearer ${key}` } }),
  gemini: ({ url, key, ...rest }) => gemini({ ...rest, baseUrl: `${url}/v1beta`, apiKey: key }),
  "ai-sdk": ({ url, key, fetch, routing }) => {
    const provider = createOpenAI({ baseURL: `${url}/v1`, apiKey: key, fetch });
    return fromAISDK((model: string) => provider.chat(model), {
      id: "ai-sdk",
      models: [MODEL],
      secrets: [key, new URL(url).pathname.slice(1)],
      routing,
    });
  },
};

/** One of each. */
export async function openKeepers(
  fetch: NodeFetch,
  routing: BackendRouting,
): Promise<readonly Keeper[] & AsyncDisposable> {
  const opened = await Promise.all(KEEPERS.map((id) => openKeeper(id, fetch, routing)));
  const close = async () => void (await Promise.all(opened.map((one) => one.close())));
  return Object.assign(opened, { [Symbol.asyncDispose]: close });
}

async function openKeeper(
  id: KeeperId,
  fetch: NodeFetch,
  routing: BackendRouting,
): Promise<Keeper & { close(): Promise<void> }> {
  const key = `canary-of-${id}-${"7f3a9c".repeat(3)}`;
  const pathKey = `path-canary-of-${id}-${"b81d2e".repeat(2)}`;
  const received: string[] = [];
  let act: ((echo: string) => ReturnType<Misdeed>) | undefined;
  let spares = (_request: Request) => true;
  let broken = "";
  const fake = fakeOf(id, () => broken);

  const served = await serve(async (sent) => {
    received.push(`${sent.method} ${sent.url} ${JSON.stringify([...sent.headers])} ${await sent.clone().text()}`);
    const request = new Request(sent.url.replace(`/${pathKey}`, ""), sent);
    if (act === undefined || spares(request)) return fake(request);
    const headers = ["authorization", "x-api-key", "x-goog-api-key"].map((name) => request.headers.get(name));
    const echo = `you sent ${sent.url} ${headers.filter((value) => value !== null).join(" ")}`;
    const fault = act(echo);
    if (fault.kind === "fail in the middle") broken = echo;
    else fake.faults.next(fault);
    const response = await fake(request);
    broken = "";
    return response;
  });
  return {
    id,
    key,
    pathKey,
    url: served.url,
    received,
    backend: MADE[id]({ url: `${served.url}/${pathKey}`, key, fetch, routing }),
    misbehave: (misdeed, elsewhere, alsoLists) => {
      act = misdeed && ((echo) => misdeed(echo, elsewhere));
      spares = (request) => !alsoLists && isList(request);
    },
    close: served.close,
  };
}

/** Lists of models are asked for with GET, and by Ollama for each model. */
function isList({ method, url }: Request): boolean {
  return method === "GET" || url.endsWith("/api/show");
}

/** @param broken With which words the answer breaks off in the middle; empty: it does not. */
function fakeOf(id: KeeperId, broken: () => string) {
  const content = "red green blue";
  const failing = () => ({ content, error: { status: 500, message: broken(), afterChunks: 1 } });
  if (id === "ollama") {
    return createFakeOllama({ models: [MODEL], answer: () => (broken() ? { content, error: broken() } : content) });
  }
  if (id === "gemini") return createFakeGemini({ models: [MODEL], answer: () => (broken() ? failing() : content) });
  return createFakeOpenAI({ models: [MODEL], answer: () => (broken() ? failing() : content) });
}
