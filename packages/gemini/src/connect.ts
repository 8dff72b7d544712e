import { CatenaryError, guardEvents, hideSecrets, noEvents, showAddress } from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import type { Connection } from "./connection.ts";
import { connectionFailure, refusal } from "./failures.ts";
import { readEnvironment } from "./read-environment.ts";
import type { GeminiSettings } from "./settings.ts";

export interface ConnectSettings extends Pick<GeminiSettings, "apiKey" | "headers" | "fetch"> {
  readonly backend: string;
  readonly baseUrl: string;
}

/** What the AI SDK is given as the key. The real one is only known here, so that nothing else can tell it. */
export const PLACEHOLDER_KEY = "set-by-catenary";

/**
 * A connection on which every failure is a `ModelError`, and no error tells a key. The key goes into a header, never into an
 * address, and to no other place than `baseUrl`. The only place that reads the environment.
 */
export function connect(settings: ConnectSettings): Connection {
  const { backend, baseUrl } = settings;
  const send = settings.fetch ?? defaultFetch;
  const own = ownHeaders(settings);
  const place = showAddress(baseUrl).replace(/^https?:\/\//, "");
  const hideWith = (headers: Headers) => hideSecrets({ url: baseUrl, headers: Object.fromEntries(headers) });
  const hide = hideWith(own);

  function withOwn(given: RequestInit["headers"]): Headers {
    const headers = new Headers(own);
    for (const [name, value] of new Headers(given)) if (value !== PLACEHOLDER_KEY) headers.set(name, value);
    if (!headers.has(KEY_HEADER) && !headers.has("authorization")) throw keyMissing(backend);
    return headers;
  }

  return {
    backend,
    baseUrl,
    place,
    hide,
    async fetch(input, init) {
      const headers = withOwn(init?.headers);
      let response: Response;
      try {
        // Platforms take every header but `authorization` along to another host.
        response = await send(input, { ...init, headers, redirect: "manual" });
      } catch (error) {
        init?.signal?.throwIfAborted();
        throw CatenaryError.isInstance(error) ? error : connectionFailure(error, { backend, place, hide });
      }
      if (response.ok && !isForStream(input)) return response;
      // A call may bring headers of its own, which its server repeats as well.
      const speaker = { backend, place, hide: hideWith(headers) };
      if (!response.ok) throw await refusal(response, speaker);
      return guardEvents(response, { endsAtDone: false, toFailure: (text) => noEvents(text, speaker) });
    },
  };
}

function isForStream(input: string | URL | Request): boolean {
  return /:streamGenerateContent\b/.test(input instanceof Request ? input.url : String(input));
}

const KEY_HEADER = "x-goog-api-key";

function ownHeaders({ apiKey, headers, backend }: ConnectSettings): Headers {
  const own = readHeaders(headers, backend);
  if (own.has(KEY_HEADER)) return own;
  const fallback = own.has("authorization") ? [] : ["GOOGLE_GENERATIVE_AI_API_KEY", "GEMINI_API_KEY"];
  const key = apiKey || readEnvironment(...fallback);
  return key === undefined ? own : readHeaders({ ...Object.fromEntries(own), [KEY_HEADER]: key }, backend);
}

/** Platforms quote what no header can carry, and it may be a key. */
function readHeaders(given: Readonly<Record<string, string>> | undefined, backend: string): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given ?? {})) {
    try {
      headers.set(name, value);
    } catch {
      const what = name === KEY_HEADER ? "a key" : `a header ${JSON.stringify(name)} whose name or value`;
      throw new CatenaryError(
        "settings_invalid",
        `the backend "${backend}" has ${what} that no header can have, such as a value of several lines: correct its apiKey or headers`,
      );
    }
  }
  return headers;
}

function keyMissing(backend: string): CatenaryError {
  return new CatenaryError(
    "api_key_missing",
    `The backend "${backend}" has no key: give gemini({ apiKey }), or set GEMINI_API_KEY or GOOGLE_GENERATIVE_AI_API_KEY before the backend is made.`,
    { failure: "auth", details: { backend } },
  );
}
