import { type BackendRouting, type Capabilities, type Fetch, hideSecrets, showAddress } from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import type { Connection } from "./connection.ts";
import { serverAddress } from "./server-address.ts";

/** What somebody knows about a model better than its server. */
export interface DeclaredModel {
  /** Tokens. */
  readonly contextLength?: number | undefined;
  /** Each field given here wins over what the server says. */
  readonly capabilities?: Capabilities | undefined;
}

export interface OllamaSettings {
  /** Unique in a runtime. Default `ollama`. */
  readonly id?: string | undefined;
  /** For people. Default: the id. */
  readonly name?: string | undefined;
  /** The server's root. Default: `OLLAMA_HOST`, or `http://127.0.0.1:11434`. */
  readonly baseUrl?: string | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Default: under Node `defaultFetch` of `@catenary/node`, elsewhere the platform's. */
  readonly fetch?: Fetch | undefined;
  /** Lets the server pull from registries without TLS, or with a certificate that it cannot check. Default false. */
  readonly insecurePulls?: boolean | undefined;
  /** By name, with or without its tag. */
  readonly models?: Readonly<Record<string, DeclaredModel>> | undefined;
  /**
   * How routing treats the server. Default: one call at a time (`OLLAMA_NUM_PARALLEL` is 1 unless somebody set it), 512 may wait for
   * ten minutes each, and the first piece of an answer may take two, because the model may have to be loaded.
   */
  readonly routing?: BackendRouting | undefined;
  /** Whether `runtime.sync()` deletes models from the server that nobody declared. Default false. */
  readonly prune?: boolean | undefined;
  /** How long the server keeps a model in memory after a call: `"5m"`, seconds, -1 for ever. Default: the server's own. */
  readonly keepAlive?: string | number | undefined;
}

const THIS_MACHINE = "http://127.0.0.1:11434";

/** Where a backend sends its requests. The only place that reads the environment. */
export function connect(settings: OllamaSettings): Connection {
  const { root, url, authorization } = serverAddress(
    settings.baseUrl ?? (environment("OLLAMA_HOST")?.trim() || THIS_MACHINE),
  );
  const { id = "ollama", keepAlive, fetch = defaultFetch } = settings;
  const headers = { ...(authorization !== undefined && { authorization }), ...settings.headers };
  return {
    root,
    shownRoot: showAddress(root),
    backend: id,
    headers,
    fetch,
    hide: hideSecrets({ headers, url }),
    ...(keepAlive !== undefined && { keepAlive }),
  };
}

function environment(name: string): string | undefined {
  // Not every runtime has a process; those that have it have it in this shape.
  const { process } = globalThis as {
    readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  };
  return process?.env?.[name] || undefined;
}
