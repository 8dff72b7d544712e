import type { OutgoingRequest } from "./outgoing-request.ts";
import { readBody } from "./read-body.ts";
import { readHeaders } from "./read-headers.ts";
import { readUrl } from "./read-url.ts";
import { refuseRequest } from "./refuse-request.ts";

const REDIRECTS = ["follow", "error", "manual"] as const;

/** They mean something that does not happen here, and to leave them out silently would be dangerous. */
const REFUSED = ["integrity", "dispatcher"] as const;

/**
 * Reads what `fetch` is given. Caches, cookies, modes and referrers are a browser's, and are ignored as other servers' `fetch` does.
 *
 * @throws TransportError `request_invalid`
 */
export async function readRequest(input: string | URL | Request, init: RequestInit = {}): Promise<OutgoingRequest> {
  const from = typeof input === "object" && "url" in input ? input : undefined;
  const url = readUrl(typeof input === "object" && "url" in input ? input.url : input);
  const method = readMethod(init.method ?? from?.method ?? "GET");
  const signal = init.signal ?? from?.signal;
  for (const name of REFUSED) {
    // Safe: looked up by name, whatever the platform's types know of it.
    const value = (init as Readonly<Record<string, unknown>>)[name];
    if (value) refuseRequest(`this fetch does not know ${name}: leave it out, or use the platform's fetch`);
  }

  const isBodyGiven = init.body !== undefined && init.body !== null;
  // What a Request was made of cannot be seen any more: as bytes it can be sent again after a redirect, as a stream it cannot.
  const ofRequest = !isBodyGiven && from?.body ? new Uint8Array(await from.arrayBuffer()) : undefined;
  const { body, contentType } = await readBody(isBodyGiven ? init.body : ofRequest);
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    refuseRequest(`a ${method} request has no body: leave it out, or send it with POST`);

  const headers = readHeaders(init.headers ?? from?.headers);
  headers.accept ??= "*/*";
  headers["accept-encoding"] ??= "gzip, deflate, br";
  headers["user-agent"] ??= "catenary";
  if (contentType !== undefined) headers["content-type"] ??= contentType;
  return {
    url,
    method,
    headers,
    redirect: readRedirect(init.redirect ?? from?.redirect),
    ...(body !== undefined && { body }),
    ...(signal && { signal: readSignal(signal) }),
  };
}

function readMethod(method: unknown): string {
  const name = String(method);
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
    refuseRequest(`expected a method such as POST, got ${JSON.stringify(name)}`);
  const upper = name.toUpperCase();
  if (["CONNECT", "TRACE", "TRACK"].includes(upper)) refuseRequest(`${upper} cannot be sent with fetch`);
  return upper;
}

function readRedirect(given: string | undefined): OutgoingRequest["redirect"] {
  return (
    REDIRECTS.find((known) => known === (given ?? "follow")) ??
    refuseRequest(`redirect is one of ${REDIRECTS.join(", ")}, got ${JSON.stringify(given)}`)
  );
}

function readSignal(signal: AbortSignal): AbortSignal {
  if (typeof signal.addEventListener === "function") return signal;
  return refuseRequest("signal must be an AbortSignal, such as the one of an AbortController");
}
