import type { OutgoingRequest } from "./outgoing-request.ts";
import { type ReadBody, readBody } from "./read-body.ts";
import { readHeaders } from "./read-headers.ts";
import { readUrl } from "./read-url.ts";
import { refuseRequest } from "./refuse-request.ts";

const REDIRECTS = ["follow", "error", "manual"] as const;

/**
 * Reads what `fetch` is given. Caches, cookies, modes and referrers are a browser's, and are ignored as other servers' `fetch` does.
 * A promise only where the body has to be read first.
 *
 * @throws TransportError `request_invalid`
 */
export function readRequest(
  input: string | URL | Request,
  init: RequestInit = {},
): OutgoingRequest | Promise<OutgoingRequest> {
  const from = typeof input === "object" && "url" in input ? input : undefined;
  const url = readUrl(typeof input === "object" && "url" in input ? input.url : input);
  refuseUnknown(init);
  const read = bodyOf(init, from);
  return read instanceof Promise
    ? read.then((body) => toRequest(url, init, from, body))
    : toRequest(url, init, from, read);
}

function toRequest(
  url: URL,
  init: RequestInit,
  from: Request | undefined,
  { body, contentType }: ReadBody,
): OutgoingRequest {
  const method = readMethod(init.method ?? from?.method ?? "GET");
  if (body !== undefined && (method === "GET" || method === "HEAD"))
    refuseRequest(`a ${method} request has no body: leave it out, or send it with POST`);

  const headers = readHeaders(init.headers ?? from?.headers);
  headers.accept ??= "*/*";
  headers["accept-encoding"] ??= "gzip, deflate, br";
  headers["user-agent"] ??= "catenary";
  if (contentType !== undefined) headers["content-type"] ??= contentType;
  const length = lengthOf(body, method);
  if (length !== undefined) headers["content-length"] = length;
  const signal = init.signal ?? from?.signal;
  return {
    url,
    method,
    headers,
    redirect: readRedirect(init.redirect ?? from?.redirect),
    ...(body !== undefined && { body }),
    ...(signal && { signal: readSignal(signal) }),
  };
}

/** They mean something that does not happen here, and to leave them out silently would be dangerous. */
function refuseUnknown(init: RequestInit): void {
  const name = init.integrity ? "integrity" : "dispatcher" in init && init.dispatcher ? "dispatcher" : undefined;
  if (name !== undefined) refuseRequest(`this fetch does not know ${name}: leave it out, or use the platform's fetch`);
}

function bodyOf(init: RequestInit, from: Request | undefined): ReadBody | Promise<ReadBody> {
  if (init.body !== undefined && init.body !== null) return readBody(init.body);
  // What a Request was made of cannot be seen any more: as bytes it can be sent again after a redirect, as a stream it cannot.
  return from?.body ? from.arrayBuffer().then((bytes) => ({ body: new Uint8Array(bytes) })) : {};
}

/** Undefined where it is not known, or where there is no body and none is expected. */
function lengthOf(body: OutgoingRequest["body"], method: string): string | undefined {
  if (typeof body === "string") return String(Buffer.byteLength(body));
  if (body instanceof Uint8Array) return String(body.byteLength);
  return body === undefined && (method === "POST" || method === "PUT" || method === "PATCH") ? "0" : undefined;
}

function readMethod(method: unknown): string {
  // What nearly every call is.
  if (method === "POST" || method === "GET") return method;
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
