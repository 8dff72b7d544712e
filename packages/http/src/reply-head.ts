import type { Reply } from "./reply.ts";

const EVENTS_HEAD = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // Proxies hold streams back until they have enough of them, unless told not to.
  "x-accel-buffering": "no",
};

/** The headers of a reply but its length, names in lower case. */
export function replyHead(reply: Reply): Readonly<Record<string, string>> {
  return { ...contentOf(reply), "x-content-type-options": "nosniff", ...reply.headers };
}

function contentOf(reply: Reply): Readonly<Record<string, string>> {
  if ("json" in reply) return { "content-type": "application/json" };
  if ("events" in reply) return EVENTS_HEAD;
  return reply.text === "" ? {} : { "content-type": reply.contentType ?? "text/plain; charset=utf-8" };
}
