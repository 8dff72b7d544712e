import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyLimits, Incoming } from "../dispatch/incoming.ts";
import { headerOf } from "./header-of.ts";
import { readIncomingBody } from "./read-incoming-body.ts";
import type { Stopping } from "./stopping.ts";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the host has taken off the path. */
  readonly mount?: string;
  readonly isLast?: boolean;
  /** Tells when the server stops. */
  readonly stopping?: Stopping;
  /** The body, where the host has read it. */
  readonly bodyText?: () => string;
}

/** A request of `node:http`. Made of nothing but what it is asked for: most calls are short. */
export class NodeIncoming implements Incoming {
  readonly method: string;
  readonly target: string;
  readonly mount?: string;
  readonly isLast: boolean;
  readonly #exchange: Exchange;
  #signal: AbortSignal | undefined;

  constructor(exchange: Exchange) {
    this.#exchange = exchange;
    this.method = exchange.request.method ?? "GET";
    this.target = exchange.request.url ?? "/";
    if (exchange.mount !== undefined) this.mount = exchange.mount;
    this.isLast = exchange.isLast ?? false;
  }

  get peerAddress(): string | undefined {
    return this.#exchange.request.socket.remoteAddress;
  }

  get signal(): AbortSignal {
    this.#signal ??= signalOf(this.#exchange);
    return this.#signal;
  }

  header(name: string): string | undefined {
    const { request } = this.#exchange;
    return name === "host" ? hostsOf(request) : headerOf(request, name);
  }

  async text(limits: BodyLimits): Promise<string> {
    const { bodyText, request } = this.#exchange;
    return bodyText === undefined ? readIncomingBody(request, limits) : bodyText();
  }
}

function signalOf({ response, stopping }: Exchange): AbortSignal {
  const controller = new AbortController();
  const onStop = (reason: unknown) => controller.abort(reason);
  const onClose = () => {
    stopping?.remove(onStop);
    if (!response.writableFinished) controller.abort(new DOMException("the client went away", "AbortError"));
  };
  stopping?.add(onStop);
  if (response.closed || response.destroyed) onClose();
  else response.once("close", onClose);
  return controller.signal;
}

/** Of several, Node keeps the first; then who asks for what is anybody's guess. */
function hostsOf({ headers, rawHeaders }: IncomingMessage): string | undefined {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === "host") count++;
  return count > 1 ? `${headers.host},` : headers.host;
}
