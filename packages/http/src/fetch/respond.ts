import type { Clock } from "@catenary/core";
import type { Dispatch } from "../dispatch/create-dispatch.ts";
import type { FetchOptions } from "../http-handler.ts";
import { linkSignal } from "./linked-signal.ts";
import { readRequestBody } from "./read-request-body.ts";
import { toResponse } from "./to-response.ts";

/** Answers a `Request`. */
export async function respond(
  dispatch: Dispatch,
  clock: Clock,
  request: Request,
  { peerAddress, isLast = false }: FetchOptions,
): Promise<Response | undefined> {
  const link = linkSignal(request);
  const { pathname, search, host } = new URL(request.url);
  const answer = await dispatch({
    method: request.method,
    target: pathname + search,
    isLast,
    // A request that came over no socket has its host in its address only.
    header: (name) => request.headers.get(name) ?? (name === "host" ? host : undefined),
    peerAddress,
    signal: link.signal,
    text: (limits) => readRequestBody(request, limits),
  });
  if (answer !== undefined) return toResponse(answer, request.method, link, clock);
  link.unlink();
  return undefined;
}
