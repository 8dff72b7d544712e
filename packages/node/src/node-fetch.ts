/// <reference lib="esnext.disposable" preserve="true" />
import type { AddressPolicy } from "./address/address-policy.ts";
import { releaseUnread } from "./body/release-unread.ts";
import { type ConnectionCounts, Connections } from "./connections.ts";
import { exchange, type Received, STALE } from "./exchange.ts";
import { createLightResponse } from "./light-response.ts";
import { type NodeFetchOptions, type NodeFetchSettings, readOptions } from "./node-fetch-options.ts";
import { followRedirect, locationOf } from "./request/follow-redirect.ts";
import type { NodeRequestInit } from "./request/node-request-init.ts";
import type { OutgoingRequest } from "./request/outgoing-request.ts";
import { readPolicy } from "./request/read-policy.ts";
import { readRequest } from "./request/read-request.ts";
import { TransportError } from "./transport-error.ts";

export type { ConnectionCounts };

/** A `fetch` with connections of its own. */
export interface NodeFetch extends AsyncDisposable {
  /**
   * Rejects with a `TransportError` where the request, its address or its answer is refused; as the platform's `fetch` does where a
   * connection fails; and with the signal's reason where it aborts.
   */
  (input: string | URL | Request, init?: NodeRequestInit): Promise<Response>;
  /** How many connections it has right now. */
  connections(): ConnectionCounts;
  /** Breaks all connections, also those with a request on them, and resolves when they are gone. What is asked later is refused. */
  close(): Promise<void>;
}

/**
 * A `fetch` on Node's own client, with connections that are kept and addresses that are checked when a socket connects. It has no
 * timeouts of its own: give a signal.
 *
 * @throws TransportError `settings_invalid`
 */
export function nodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const settings = readOptions(options);
  const connections = new Connections(settings);
  let isClosed = false;

  const close = async () => {
    isClosed = true;
    await connections.close();
  };
  const send = async (input: string | URL | Request, init?: NodeRequestInit): Promise<Response> => {
    const policy = readPolicy(init?.addresses, settings.addresses);
    // Only what has to be waited for is waited for.
    const read = readRequest(input, init);
    const request = read instanceof Promise ? await read : read;
    request.signal?.throwIfAborted();
    if (isClosed) throw new TransportError("transport_closed", "this nodeFetch was closed: make another one");
    return follow(request, policy, connections, settings);
  };
  return Object.assign(send, { close, connections: () => connections.counts(), [Symbol.asyncDispose]: close });
}

/** Sends a request, and those that redirects make of it. */
async function follow(
  first: OutgoingRequest,
  firstPolicy: AddressPolicy,
  connections: Connections,
  settings: NodeFetchSettings,
): Promise<Response> {
  let request = first;
  let policy = firstPolicy;
  for (let redirects = 0; ; redirects += 1) {
    const { answer, body } = await sendOnce(request, connections, policy, settings).catch((error: unknown) => {
      throw redirects === 0 ? error : ofRedirect(error, first, request);
    });
    const { statusCode = 0, statusMessage = "", rawHeaders } = answer;
    const location = request.redirect === "manual" ? undefined : locationOf(statusCode, answer.headers.location);
    if (location === undefined) {
      const head = {
        status: statusCode,
        statusText: statusMessage,
        rawHeaders,
        url: request.url,
        redirected: redirects > 0,
      };
      const response = createLightResponse(head, body);
      if (body?.isOpen) releaseUnread(response, body);
      return response;
    }
    body?.abandon("answer");
    if (request.redirect === "error") throw refused(request, "and this request must not be redirected");
    if (redirects === settings.maxRedirects)
      throw refused(request, `for more than ${settings.maxRedirects} times in a row`);
    const next = followRedirect(request, statusCode, location);
    // Whoever redirects is not who registered the address, also where the way leads back.
    if (next.url.origin !== request.url.origin) policy = "public";
    request = next;
  }
}

/** Methods that mean the same when they are sent twice. */
const REPEATABLE = ["GET", "HEAD", "OPTIONS", "PUT", "DELETE"];

/**
 * A server may close a kept connection in the moment in which it is used again. What means the same twice is sent again; each time one
 * kept connection less is left, and what fails on a new one has failed. Anything else may have been done already, and fails.
 */
async function sendOnce(
  request: OutgoingRequest,
  connections: Connections,
  policy: AddressPolicy,
  settings: NodeFetchSettings,
): Promise<Received> {
  const agent = connections.agentFor(request.url, policy);
  const isRepeatable = REPEATABLE.includes(request.method) && !(request.body instanceof ReadableStream);
  for (;;) {
    const received = await exchange(request, { agent, isRepeatable, ...settings });
    if (received !== STALE) return received;
    request.signal?.throwIfAborted();
  }
}

/** Whoever gave the first address knows nothing of the one that is refused. */
function ofRedirect(error: unknown, first: OutgoingRequest, { url }: OutgoingRequest): unknown {
  if (!(error instanceof TransportError) || error.code !== "address_refused") return error;
  return new TransportError(error.code, `${first.url.host} redirects to ${url.host}, and ${error.message}`, {
    details: error.details,
  });
}

function refused({ url }: OutgoingRequest, words: string): TransportError {
  return new TransportError("redirect_refused", `${url.host} redirects, ${words}: send the request to its new place`);
}
