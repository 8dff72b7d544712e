import { errorBody, errorReply } from "../errors/error-reply.ts";
import type { JsonReply, Reply } from "../reply.ts";
import type { Surface } from "../surface.ts";
import { createGate, type Gate } from "../trust/create-gate.ts";
import { type Answer, toAnswer } from "./answer.ts";
import { type Asked, toCall } from "./asked.ts";
import type { Incoming } from "./incoming.ts";
import { locate, type Place } from "./locate.ts";
import { logFailure } from "./log-failure.ts";
import { logReply } from "./log-reply.ts";
import { readBody } from "./read-body.ts";
import { requestIdOf } from "./request-id.ts";
import type { RouteMatch, RouteTable } from "./route-table.ts";
import { unmatchedReply } from "./unmatched-reply.ts";

/** Answers a request; undefined where it is none of ours. Never rejects. */
export type Dispatch = (incoming: Incoming) => Promise<Answer | undefined>;

interface Desk {
  readonly surface: Surface;
  readonly table: RouteTable;
  readonly gate: Gate;
}

export function createDispatch(surface: Surface, table: RouteTable): Dispatch {
  const desk: Desk = { surface, table, gate: createGate(surface.options) };
  const ownMount = surface.options.mount ?? "";
  return async (incoming) => {
    const { mount = ownMount, isLast = false } = incoming;
    const place = locate(incoming.target, incoming.mount === undefined ? ownMount : "");
    if (place === undefined && !isLast) return undefined;
    const method = incoming.method === "HEAD" ? "GET" : incoming.method;
    const found = place === undefined ? {} : find(table, method, place.path);
    // At the root the paths are the host's; below a mount they are ours.
    if (found.match === undefined && found.error === undefined && mount === "" && !isLast) return undefined;
    return answer(desk, found, {
      incoming,
      method,
      mount,
      place: place ?? { path: incoming.target, query: "" },
      requestId: requestIdOf(incoming.header("x-request-id"), surface.ids),
    });
  };
}

async function answer(desk: Desk, found: Found, asked: Asked): Promise<Answer> {
  const { surface } = desk;
  const { requestId } = asked;
  const broke = (error: unknown) => logFailure(surface, requestId, error);
  const startedAt = surface.now();
  let ready: Answer;
  try {
    ready = toAnswer(await reply(desk, found, asked), requestId, broke);
  } catch (error) {
    ready = toAnswer(failed(desk, found, asked, error), requestId, broke);
  }
  logReply(surface, { ...asked, route: found.match?.route, status: ready.status, startedAt });
  return ready;
}

async function reply({ surface, table, gate }: Desk, { match, error }: Found, asked: Asked): Promise<Reply> {
  const isOperator = gate(asked.incoming, match?.route.access);
  if (error !== undefined) throw error;
  if (match === undefined) return unmatchedReply({ ...asked, methods: table.methodsOf(asked.place.path) });
  // Who asks whether the process is there is answered whatever its store does.
  const loading = match.route.access === "everyone" ? undefined : surface.loadRecords();
  if (loading !== undefined) await loading;
  const call = toCall(surface, asked, match.params, isOperator);
  return match.route.handle(call, await readBody(call, match.route, surface.limits));
}

function failed({ surface }: Desk, { match }: Found, { incoming, requestId }: Asked, error: unknown): JsonReply {
  const told = errorReply(error, match?.route.operation ?? "server");
  if (told.status < 500) return told;
  // What was given up fails in every way; nobody needs to look for its cause.
  if (incoming.signal.aborted)
    return { status: 503, json: errorBody(503, "the request was given up: the server stops") };
  logFailure(surface, requestId, error);
  return told;
}

interface Found {
  readonly match?: RouteMatch;
  /** The path has a route, and cannot be read. */
  readonly error?: unknown;
}

function find(table: RouteTable, method: string, path: Place["path"]): Found {
  try {
    const match = table.find(method, path);
    return match === undefined ? {} : { match };
  } catch (error) {
    return { error };
  }
}
