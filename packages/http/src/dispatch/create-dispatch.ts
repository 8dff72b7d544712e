import { errorReply } from "../errors/error-reply.ts";
import { outwardReply } from "../errors/outward.ts";
import type { JsonReply, Reply } from "../reply.ts";
import type { Surface } from "../surface.ts";
import { createGate, type Gate } from "../trust/create-gate.ts";
import { createPages, type Pages } from "../trust/pages.ts";
import { type Answer, type OnOver, toAnswer } from "./answer.ts";
import { type Asked, toCall } from "./asked.ts";
import { checkQuery } from "./check-query.ts";
import type { Incoming } from "./incoming.ts";
import { locate, type Place } from "./locate.ts";
import { logFailure } from "./log-failure.ts";
import { CLIENT_LEFT, logReply } from "./log-reply.ts";
import { readBody } from "./read-body.ts";
import { requestIdOf } from "./request-id.ts";
import type { RouteMatch, RouteTable } from "./route-table.ts";
import { givenUpBecause, serverStops } from "./server-stops.ts";
import { unmatchedReply } from "./unmatched-reply.ts";

/** Answers a request; undefined where it is none of ours. Never rejects. */
export type Dispatch = (incoming: Incoming) => Promise<Answer | undefined>;

interface Desk {
  readonly surface: Surface;
  readonly table: RouteTable;
  readonly gate: Gate;
  readonly pages: Pages | undefined;
}

export function createDispatch(surface: Surface, table: RouteTable): Dispatch {
  const pages = createPages(surface.options.origins);
  const desk: Desk = { surface, table, gate: createGate(surface.options), pages };
  const ownMount = surface.options.mount ?? "";
  return async (incoming) => {
    const { mount = ownMount, isLast = false } = incoming;
    const place = locate(incoming.target, incoming.mount === undefined ? ownMount : "");
    if (place === undefined && !isLast) return undefined;
    const method = incoming.method === "HEAD" ? "GET" : incoming.method;
    const found = place === undefined ? {} : find(table, method, place.path);
    // At the root the paths are the host's; below a mount they are ours.
    if (found.match === undefined && found.error === undefined && mount === "" && !isLast) {
      // Whether a page may ask for them is for us to say too.
      if (!pages?.isPreflight(incoming) || table.methodsOf(place?.path ?? "").length === 0) return undefined;
    }
    return answer(desk, found, {
      incoming,
      method,
      mount,
      place: place ?? { path: incoming.target, query: "" },
      requestId: requestIdOf(incoming.header("x-request-id"), surface.ids),
      notes: undefined,
    });
  };
}

async function answer(desk: Desk, found: Found, asked: Asked): Promise<Answer> {
  const { surface } = desk;
  const { requestId } = asked;
  const route = found.match?.route;
  const page = desk.pages?.headersFor(asked.incoming);
  const startedAt = surface.now();
  let given: Reply;
  let ready: Answer;
  let isOver = false;
  const over: OnOver = (outcome, error) => {
    if (isOver) return;
    isOver = true;
    if (outcome === "broke") logFailure(surface, requestId, error);
    logReply(surface, { asked, route, reply: given, startedAt, outcome });
  };
  try {
    given = await reply(desk, found, asked);
    ready = toAnswer(given, requestId, over, page);
  } catch (error) {
    given = failed(desk, found, asked, error);
    ready = toAnswer(given, requestId, over, page);
  }
  if (!("events" in ready)) logReply(surface, { asked, route, reply: given, startedAt });
  return ready;
}

async function reply(desk: Desk, { match, error }: Found, asked: Asked): Promise<Reply> {
  const { surface, gate } = desk;
  if (match === undefined && error === undefined) return withoutRoute(desk, asked);
  const isOperator = gate(asked.incoming, match?.route.access);
  if (match === undefined) throw error;
  // Who asks whether the process is there is answered whatever its store does.
  const loading = match.route.access === "everyone" ? undefined : surface.loadRecords();
  if (loading !== undefined) await loading;
  const call = toCall(surface, asked, match.params, isOperator);
  if (match.route.query !== undefined) checkQuery(call, match.route);
  return match.route.handle(call, await readBody(call, match.route, surface.limits));
}

function withoutRoute({ table, gate, pages }: Desk, asked: Asked): Reply {
  const { incoming, place } = asked;
  const methods = table.methodsOf(place.path);
  const isPreflight = methods.length > 0 && pages?.isPreflight(incoming) === true;
  gate(incoming, isPreflight ? "everyone" : undefined);
  return isPreflight ? pages.preflight(incoming, methods) : unmatchedReply({ ...asked, methods });
}

function failed({ surface }: Desk, { match }: Found, { incoming, requestId }: Asked, error: unknown): JsonReply {
  // What was given up fails in every way; nobody needs to look for its cause.
  const because = givenUpBecause(incoming.signal);
  if (because === "stopped") return errorReply(serverStops(error), "server");
  if (because === "left") return { status: CLIENT_LEFT, json: null };
  const told = outwardReply(surface, errorReply(error, match?.route.operation ?? "server"));
  if (told.status >= 500) logFailure(surface, requestId, error);
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
