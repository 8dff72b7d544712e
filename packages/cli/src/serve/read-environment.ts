import type { RuntimeDefaults } from "@catenary/core";
import { UsageError } from "../command/usage-error.ts";
import { readDefaultModels } from "./default-models.ts";

/** What contenox/runtime is told by its environment, and what is told here besides. */
export interface ServedEnvironment {
  readonly port?: number;
  readonly host?: string;
  /** The key of the server: never to be shown. */
  readonly token?: string;
  readonly defaults: RuntimeDefaults;
  readonly tokenizerUrl?: string;
  readonly ollamaUrl?: string;
  /** Variables that are set for services that are not needed here. */
  readonly unused: readonly string[];
}

const UNUSED = ["DATABASE_URL", "NATS_URL", "NATS_USER", "NATS_PASSWORD", "VECTOR_STORE_URL"];

/** Reads the environment; names may have any case, and what is empty counts as not set. Throws a UsageError for what cannot be. */
export function readEnvironment(environment: Readonly<Record<string, string | undefined>>): ServedEnvironment {
  const values = new Map(
    Object.entries(environment).flatMap(([name, value]) => {
      const text = value?.trim() ?? "";
      return text === "" ? [] : [[name.toUpperCase(), text] as const];
    }),
  );
  // Names as they are usually written win over those in other cases.
  for (const [name, value] of Object.entries(environment))
    if (values.has(name) && value?.trim()) values.set(name, value.trim());
  const get = (name: string) => values.get(name);
  const [port, host, token, tokenizerUrl, ollamaUrl] = [
    get("PORT"),
    get("ADDR"),
    get("TOKEN"),
    get("TOKENIZER_SERVICE_URL"),
    get("OLLAMA_BACKEND_URL"),
  ];
  return {
    ...(port !== undefined && { port: readPort("PORT", port) }),
    ...(host !== undefined && { host }),
    ...(token !== undefined && { token }),
    ...(tokenizerUrl !== undefined && { tokenizerUrl: readUrl("TOKENIZER_SERVICE_URL", tokenizerUrl) }),
    ...(ollamaUrl !== undefined && { ollamaUrl: readUrl("OLLAMA_BACKEND_URL", ollamaUrl) }),
    defaults: readDefaultModels(get),
    unused: UNUSED.filter((name) => values.has(name)),
  };
}

/** @param name What the text was given as, for the error. */
export function readPort(name: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port <= 65_535) return port;
  throw new UsageError(`${name} expects a number from 0 to 65535; got ${JSON.stringify(text)}`);
}

/** Without a slash at its end. Its text is not quoted: there may be a password in it. */
function readUrl(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/, "");
  throw new UsageError(`${name} expects an address such as http://127.0.0.1:11434; got something else`);
}
