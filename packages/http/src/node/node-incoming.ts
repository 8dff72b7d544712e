import type { IncomingMessage, ServerResponse } from "node:http";
import type { BodyLimits, Incoming } from "../dispatch/incoming.ts";
import { headerOf } from "./header-of.ts";
import { readIncomingBody } from "./read-incoming-body.ts";

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What the host has taken off the path. */
  readonly mount?: string;
  readonly isLast?: boolean;
  /** Aborts when the server stops. */
  readonly stop?: AbortSignal;
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
    return headerOf(this.#exchange.request, name);
  }

  async text(limits: BodyLimits): Promise<string> {
    const { bodyText, request } = this.#exchange;
    return bodyText === undefined ? readIncomingBody(request, limits) : bodyText();
  }
}

function signalOf({ response, stop }: Exchange): AbortSignal {
  const controller = new AbortController();
  const onStop = () => controller.abort(stop?.reason);
  const onClose = () => {
    stop?.removeEventListener("abort", onStop);
    if (!response.writableFinished) controller.abort(new DOMException("the client went away", "AbortError"));
  };
  if (stop?.aborted === true) onStop();
  else if (response.closed || response.destroyed) onClose();
  else {
    stop?.addEventListener("abort", onStop, { once: true });
    response.once("close", onClose);
  }
  return controller.signal;
}
