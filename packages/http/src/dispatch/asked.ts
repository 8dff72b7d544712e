import type { Call } from "../call.ts";
import type { Surface } from "../surface.ts";
import type { Incoming } from "./incoming.ts";
import type { Place } from "./locate.ts";

/** What was asked for: a request, and where it leads. */
export interface Asked {
  readonly incoming: Incoming;
  /** `HEAD` asks for what `GET` does. */
  readonly method: string;
  readonly place: Place;
  readonly mount: string;
  readonly requestId: string;
}

export function toCall(surface: Surface, asked: Asked, params: Call["params"], isOperator: boolean): Call {
  const { incoming, method, place, mount, requestId } = asked;
  const { bodyBytes: bytes, bodyTimeoutMs: timeoutMs } = surface.limits;
  let query: URLSearchParams | undefined;
  return {
    method,
    path: place.path,
    mount,
    params,
    // Most calls have none, and most routes do not look.
    get query() {
      query ??= new URLSearchParams(place.query);
      return query;
    },
    header: (name) => incoming.header(name.toLowerCase()),
    text: () => incoming.text({ bytes, timeoutMs, clock: surface.clock }),
    get signal() {
      return incoming.signal;
    },
    requestId,
    isOperator,
  };
}
