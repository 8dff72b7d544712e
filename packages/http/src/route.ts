import type { ZodObject, ZodType } from "zod";
import type { Call } from "./call.ts";
import type { Reply } from "./reply.ts";

/** What a route does: decides the status of an error whose cause has none of its own. */
export type Operation = "create" | "update" | "get" | "list" | "delete" | "server";

export interface ReplyDoc {
  readonly description: string;
  /** The body; without one there is none, or it is no JSON. */
  readonly schema?: ZodType;
  /** Default `application/json` where there is a schema. */
  readonly contentType?: string;
  /** What its events are, where it may come as server-sent events too. */
  readonly events?: string;
  /** Headers beside those that every reply has, by their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of the table of routes: what the handler serves, and what `/openapi.json` says of it. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/backends/{id}`: each place takes one segment. */
  readonly path: string;
  /** What it is about; routes of one noun stand together in the document. */
  readonly noun: string;
  /** One sentence without a period. */
  readonly summary: string;
  readonly operation: Operation;
  /** Who may call it without a key where there are keys. Default `keys`. */
  readonly access?: "keys" | "everyone";
  /** What the body must be. Names of fields may have any case; unknown fields pass; a null counts as left out where null is no value. Default: it has none. */
  readonly body?: ZodType;
  /** What its schema excludes is refused; a handler reads the texts from `call.query` itself. */
  readonly query?: ZodObject;
  /** For the document only: a handler reads `call.header` itself. */
  readonly headers?: ZodObject;
  /** By status. Without a schema those from 400 on have the body of every error. Errors that follow from what the route takes (`generalReplies`) need not be named. */
  readonly replies: Readonly<Record<number, ReplyDoc>>;
  handle(call: Call, body: unknown): Reply | Promise<Reply>;
}

interface RouteWithBody<Body> extends Omit<Route, "body" | "handle"> {
  readonly body: ZodType<Body>;
  handle(call: Call, body: Body): Reply | Promise<Reply>;
}

/** A row whose handler is given what its `body` says. */
export function defineRoute<Body>(route: RouteWithBody<Body>): Route {
  // Safe: whoever calls `handle` gives it what `body` made of the request.
  return { ...route, handle: (call, body) => route.handle(call, body as Body) };
}
