import { z } from "zod";
import type { ReplyDoc, Route } from "../route.ts";

/** What any route may answer because of what it takes, by status. */
export const GENERAL: Readonly<Record<number, ReplyDoc>> = {
  400: { description: "The body or a part of the path cannot be read." },
  401: { description: "The server has keys, and none of them was given." },
  403: { description: "The Host header is none of the server's, or a page of another origin asks." },
  408: { description: "The body did not come in time." },
  413: { description: "The body is too long, too deep, or of too many parts." },
  415: { description: "The body is of another content type, encoding or charset." },
  422: { description: "The body or a parameter is not what is expected." },
  503: { description: "What the server keeps cannot be read or changed now, or the server is stopping: ask again." },
};

/** The errors that a route may answer whatever it does. */
export function generalReplies(route: Route): Readonly<Record<number, ReplyDoc>> {
  const statuses = statusesOf(route).filter((status) => !(status in route.replies));
  return Object.fromEntries(statuses.flatMap((status) => (GENERAL[status] ? [[status, GENERAL[status]]] : [])));
}

function statusesOf({ path, body, query, operation, access }: Route): readonly number[] {
  const isChange = operation === "create" || operation === "update";
  return [
    ...(path.includes("{") || (body !== undefined && !isChange) ? [400] : []),
    ...(access === "everyone" ? [] : [401]),
    403,
    ...(body === undefined ? [] : [408, 413, 415]),
    ...((body !== undefined && isChange) || (query !== undefined && mayRefuse(query, operation)) ? [422] : []),
    ...(access === "everyone" ? [] : [503]),
  ];
}

/** Lists look at how many are asked for and from where; other queries are refused where not every text will do. */
function mayRefuse(query: NonNullable<Route["query"]>, operation: Route["operation"]): boolean {
  return operation === "list" || Object.values(query.shape).some((field) => !z.safeParse(field, "any text").success);
}
