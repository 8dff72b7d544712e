import { CatenaryError, type Fetch, guardEvents, hideSecrets, noEvents, showAddress } from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import type { Connection } from "./connection.ts";
import { connectionFailure, refusal } from "./failures.ts";

export interface ConnectSettings {
  readonly backend: string;
  readonly baseUrl: string;
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly fetch: Fetch | undefined;
  /** What a call without any credentials fails with. Default: they are not needed. */
  readonly keyMissing?: () => Error;
}

/** What the AI SDK is given as the key. The real one is only known here, so that nothing else can tell it. */
export const PLACEHOLDER_KEY = "set-by-catenary";

/** A connection on which every failure is a `ModelError`, and no error tells a key. */
export function connect(settings: ConnectSettings): Connection {
  const { backend, baseUrl, keyMissing } = settings;
  const send = settings.fetch ?? defaultFetch;
  const own = ownHeaders(settings);
  const place = showAddress(baseUrl).replace(/^https?:\/\//, "");
  const ownByName = Object.fromEntries(own);
  const hideWith = (headers: Readonly<Record<string, string>>) => hideSecrets({ url: baseUrl, headers });
  const hide = hideWith(ownByName);

  /** As plain data: `Headers` would be made, read and thrown away twice for each call. */
  function withOwn(given: RequestInit["headers"]): Record<string, string> {
    const headers: Record<string, string> = { ...ownByName };
    const isPlain = typeof given === "object" && !(Symbol.iterator in given);
    for (const [name, value] of isPlain ? Object.entries(given) : new Headers(given))
      if (value !== `Bearer ${PLACEHOLDER_KEY}`) headers[name.toLowerCase()] = value;
    if (keyMissing !== undefined && headers.authorization === undefined) throw keyMissing();
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
        response = await send(input, { ...init, headers });
      } catch (error) {
        init?.signal?.throwIfAborted();
        throw CatenaryError.isInstance(error) ? error : connectionFailure(error, { backend, place, hide });
      }
      if (response.ok && !isForStream(init)) return response;
      // A call may bring headers of its own, which its server repeats as well.
      const speaker = () => ({ backend, place, hide: hideWith(headers) });
      if (!response.ok) throw await refusal(response, speaker());
      return guardEvents(response, { endsAtDone: true, toFailure: (text) => noEvents(text, speaker()) });
    },
  };
}

function isForStream(init: RequestInit | undefined): boolean {
  return typeof init?.body === "string" && init.body.includes('"stream":true');
}

function ownHeaders({ apiKey, headers, backend }: ConnectSettings): Headers {
  const own = readHeaders(headers, backend);
  if (apiKey === undefined || own.has("authorization")) return own;
  try {
    own.set("authorization", `Bearer ${apiKey}`);
  } catch {
    throw new CatenaryError(
      "settings_invalid",
      `the backend "${backend}" has a key that no header can have, such as one of several lines: correct its apiKey`,
    );
  }
  return own;
}

/** Platforms quote what no header can carry, and it may be a key. */
function readHeaders(given: Readonly<Record<string, string>> | undefined, backend: string): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given ?? {})) {
    try {
      headers.set(name, value);
    } catch {
      throw new CatenaryError(
        "settings_invalid",
        `the backend "${backend}" has a header ${JSON.stringify(name)} whose name or value no header can have, such as a value of several lines: correct its headers`,
      );
    }
  }
  return headers;
}
