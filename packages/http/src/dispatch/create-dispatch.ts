import { checkBody } from "../body/check-body.ts";
import { decodeBody } from "../body/decode-body.ts";
import type { Call } from "../call.ts";
import { errorReply } from "../errors/error-reply.ts";
import type { Reply } from "../reply.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { createGate } from "../trust/create-gate.ts";
import type { Incoming } from "./incoming.ts";
import { locate, type Place } from "./locate.ts";
import { logFailure } from "./log-failure.ts";
import { logReply } from "./log-reply.ts";
import { requestIdOf } from "./request-id.ts";
import type { RouteMatch, RouteTable } from "./route-table.ts";
import { unmatchedReply } from "./unmatched-reply.ts";

/** Answers a request; undefined where its path is none of ours. Never rejects. */
export type Dispatch = (incoming: Incoming) => Promise<Reply | undefined>;

interface Asked {
  readonly incoming: Incoming;
  readonly method: string;
  readonly place: Place;
  readonly mount: string;
  readonly requestId: string;
}

export function createDispatch(surface: Surface, table: RouteTable): Dispatch {
  const ownMount = surface.options.mount ?? "";
  const gate = createGate(surface.options);

  async function answer(asked: Asked, found: Found): Promise<Reply> {
    const { incoming, method, place, mount } = asked;
    try {
      const isOperator = gate(incoming, found.match?.route.access);
      if (found.error !== undefined) throw found.error;
      if (found.match === undefined)
        return unmatchedReply({ method, place, mount, methods: table.methodsOf(place.path) });
      const call = toCall(surface, asked, found.match, isOperator);
      const { route } = found.match;
      return await route.handle(call, route.body === undefined ? undefined : await readBody(surface, call, route));
    } catch (error) {
      const reply = errorReply(error, found.match?.route.operation ?? "server");
      if (reply.status >= 500) logFailure(surface, asked.requestId, error);
      return reply;
    }
  }

  return async (incoming) => {
    const mount = incoming.mount ?? ownMount;
    const place = locate(incoming.target, incoming.mount === undefined ? ownMount : "");
    if (place === undefined) return undefined;
    const method = incoming.method === "HEAD" ? "GET" : incoming.method;
    const found = find(table, method, place.path);
    const isOurs = found.match !== undefined || mount !== "" || incoming.isLast === true;
    if (!isOurs && table.methodsOf(place.path).length === 0) return undefined;
    const startedAt = surface.now();
    const requestId = requestIdOf(incoming.header("x-request-id"), surface.ids);
    const asked = { incoming, method, place, mount, requestId };
    const reply = await answer(asked, found);
    logReply(surface, { ...asked, route: found.match?.route, status: reply.status, startedAt });
    return { ...reply, headers: { ...reply.headers, "x-request-id": requestId } };
  };
}

interface Found {
  readonly match?: RouteMatch;
  /** The path has a route, and cannot be read. */
  readonly error?: unknown;
}

function find(table: RouteTable, method: string, path: string): Found {
  try {
    const match = table.find(method, path);
    return match === undefined ? {} : { match };
  } catch (error) {
    return { error };
  }
}

function toCall(surface: Surface, asked: Asked, { params }: RouteMatch, isOperator: boolean): Call {
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

async function readBody(surface: Surface, call: Call, { body, operation }: Route): Promise<unknown> {
  const text = await call.text();
  const contentType = call.header("content-type");
  const decoded = await decodeBody({ text, contentType, depth: surface.limits.depth, operation });
  return body === undefined ? undefined : checkBody(body, decoded, operation);
}
