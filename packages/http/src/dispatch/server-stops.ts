import { HttpError } from "../errors/http-error.ts";

/** Why what is under way is given up: the server stops. */
export class ServerStops extends DOMException {
  constructor() {
    super("the server stops", "AbortError");
  }
}

/** What clients are told then. Another server, or this one when it is there again, can take the request. */
export function serverStops(cause?: unknown): HttpError {
  return new HttpError(503, "the server is stopping, and gave the request up: send it again", {
    code: "server_stopping",
    headers: { "retry-after": "1" },
    ...(cause !== undefined && { cause }),
  });
}

/** Why a request was given up; undefined where it was not. */
export function givenUpBecause(signal: AbortSignal): "stopped" | "left" | undefined {
  if (!signal.aborted) return undefined;
  return signal.reason instanceof ServerStops ? "stopped" : "left";
}
