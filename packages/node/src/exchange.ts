import http, { type Agent, type ClientRequest, type IncomingMessage } from "node:http";
import https from "node:https";
import { decodeBody } from "./body/decode-body.ts";
import { SocketBody } from "./body/socket-body.ts";
import { writeStream } from "./body/write-stream.ts";
import { bareHost } from "./connections.ts";
import { networkFailure } from "./network-failure.ts";
import type { OutgoingRequest } from "./request/outgoing-request.ts";
import { TransportError } from "./transport-error.ts";

/** An answer whose head is here. */
export interface Received {
  readonly answer: IncomingMessage;
  /** Null where there can be none. */
  readonly body: SocketBody | null;
}

export interface ExchangeSettings {
  readonly agent: Agent;
  /** Whether the request may be sent again where a kept connection turns out to be closed. */
  readonly isRepeatable: boolean;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
}

/** A request that failed on a connection that had been idle, before anything of an answer came. */
export const STALE = Symbol("the connection had been closed by its server");

/**
 * Sends one request over one connection and resolves when the head of its answer is there. Resolves to `STALE` where the server
 * seems to have closed a kept connection just before. An abort rejects with the signal's reason, or fails the body with it, and
 * breaks the connection in the same turn.
 */
export function exchange(request: OutgoingRequest, settings: ExchangeSettings): Promise<Received | typeof STALE> {
  const { signal } = request;
  return new Promise((resolve, reject) => {
    const call = createCall(request, settings);
    let body: SocketBody | null | undefined;
    const onAbort = () => {
      body?.fail(signal?.reason);
      reject(signal?.reason);
      destroy(call, settings.agent);
    };
    const onOver = () => signal?.removeEventListener("abort", onAbort);
    signal?.addEventListener("abort", onAbort, { once: true });

    call.on("error", (error) => {
      // After the head the body tells it.
      if (body !== undefined) return;
      onOver();
      if (settings.isRepeatable && isStale(call, error)) resolve(STALE);
      else reject(networkFailure("fetch failed", error));
    });
    call.on("response", (answer) => {
      try {
        body = bodyOf(answer, request, { maxBytes: settings.maxBodyBytes, signal, onOver });
        if (body === null) onOver();
        resolve({ answer, body });
      } catch (error) {
        body = null;
        onOver();
        reject(error);
        call.destroy();
      }
    });
    sendBody(call, request);
  });
}

function createCall({ url, method, headers }: OutgoingRequest, settings: ExchangeSettings): ClientRequest {
  // By the module's own name, so that what watches or replaces Node's client sees it.
  return (url.protocol === "https:" ? https : http).request({
    protocol: url.protocol,
    hostname: bareHost(url.hostname),
    port: url.port === "" ? undefined : url.port,
    path: `${url.pathname}${url.search}`,
    method,
    headers,
    agent: settings.agent,
    maxHeaderSize: settings.maxHeaderBytes,
  });
}

function sendBody(call: ClientRequest, { body, headers }: OutgoingRequest): void {
  if (body === undefined) call.end();
  else if (body instanceof ReadableStream) writeStream(body, call);
  // Node writes the head and a text in one go, and both as UTF-8; Latin letters of a header are single bytes.
  else if (typeof body === "string" && Object.values(headers).some((value) => LATIN.test(value)))
    call.end(Buffer.from(body));
  else call.end(body);
}

const LATIN = /[\x80-\xff]/;

/** An answer to HEAD, and one with these statuses, ends with its head. */
function bodyOf(
  answer: IncomingMessage,
  { method }: OutgoingRequest,
  settings: ConstructorParameters<typeof SocketBody>[1],
): SocketBody | null {
  const { statusCode = 0 } = answer;
  if (method === "HEAD" || [204, 205, 304].includes(statusCode)) {
    answer.on("error", () => {});
    answer.resume();
    return null;
  }
  const declared = Number(answer.headers["content-length"]);
  if (declared > settings.maxBytes) {
    throw new TransportError(
      "response_too_large",
      `the answer's body has ${declared} bytes, at most ${settings.maxBytes} are read: ask for less, or give nodeFetch a larger maxBodyBytes`,
      { failure: "reply", details: { maxBytes: settings.maxBytes } },
    );
  }
  return new SocketBody(decodeBody(answer), settings);
}

function isStale(call: ClientRequest, error: Error): boolean {
  return call.reusedSocket && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

/** Breaks the connection of a call. In the turn in which the call was made its connection is not its own yet. */
function destroy(call: ClientRequest, agent: Agent): void {
  const waits = Object.values(agent.requests).some((calls) => calls?.includes(call));
  if (call.socket === null && !waits && !call.destroyed) call.once("socket", (socket) => socket.destroy());
  else call.destroy();
}
