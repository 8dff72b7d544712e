import type { IncomingMessage, ServerResponse } from "node:http";
import type { HttpHandler } from "../http-handler.ts";
import { type Exchange, NodeIncoming } from "./node-incoming.ts";
import { writeAnswer } from "./write-answer.ts";

/** What Express adds to a request of `node:http`, as far as it matters here. */
interface ExpressRequest extends IncomingMessage {
  /** Where `app.use("/ai", …)` has mounted what handles it. */
  readonly baseUrl?: string;
  /** What `express.json()`, `express.text()` or `express.raw()` have read. */
  readonly body?: unknown;
}

export type ExpressMiddleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * A handler as middleware of Express 4 and 5, and of whatever else takes `(request, response, next)`: `app.use("/ai", toExpress(handler))`.
 * It may stand before or after `express.json()`. What is none of its paths goes on to the next.
 */
export function toExpress(handler: HttpHandler): ExpressMiddleware {
  return (request, response, next) => {
    pass(handler, request, response).then((isAnswered) => {
      if (!isAnswered) next();
    }, next);
  };
}

async function pass(handler: HttpHandler, request: ExpressRequest, response: ServerResponse): Promise<boolean> {
  const { baseUrl = "" } = request;
  const exchange: Exchange = {
    request,
    response,
    ...(baseUrl !== "" && { mount: baseUrl }),
    ...(wasRead(request) && { bodyText: () => textOf(request.body) }),
  };
  const answer = await handler.dispatch(new NodeIncoming(exchange));
  if (answer === undefined) return false;
  await writeAnswer(response, answer, request.method ?? "GET", handler.clock);
  return true;
}

/** Express 4 gives every request an empty object as its body; only a stream that is at its end was read. */
function wasRead(request: ExpressRequest): boolean {
  return request.readableEnded && request.body !== undefined;
}

function textOf(body: unknown): string {
  if (typeof body === "string") return body;
  return body instanceof Uint8Array ? Buffer.from(body).toString("utf8") : JSON.stringify(body);
}
