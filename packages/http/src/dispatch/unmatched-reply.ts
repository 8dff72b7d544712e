import { errorBody } from "../errors/error-reply.ts";
import type { Reply } from "../reply.ts";
import { cleanPath, type Place } from "./locate.ts";

interface Unmatched {
  readonly method: string;
  readonly place: Place;
  readonly mount: string;
  /** What the path's routes take. */
  readonly methods: readonly string[];
}

/** What is answered where there is no route: as the original does it, which redirects crooked paths, and has a page of errors for every GET. */
export function unmatchedReply({ method, place, mount, methods }: Unmatched): Reply {
  const clean = cleanPath(place.path);
  if (clean !== place.path) return redirect(`${mount}${clean}${place.query === "" ? "" : `?${place.query}`}`, method);
  if (method === "GET") return { status: 404, json: errorBody(404, "serverops: not found") };
  const allow = [...new Set(["GET", "HEAD", ...methods])].sort().join(", ");
  return { status: 405, headers: { allow }, text: "Method Not Allowed\n" };
}

function redirect(target: string, method: string): Reply {
  // Of what a path may have, a header and a link cannot have everything.
  const location = target.replace(/[^\x21\x23-\x25\x28-\x3b\x3d\x3f-\x7e]/g, (char) => percent(char));
  const isRead = method === "GET";
  return {
    status: 307,
    headers: { location },
    text: isRead ? `<a href="${location.replaceAll("&", "&amp;")}">Temporary Redirect</a>.\n\n` : "",
    contentType: "text/html; charset=utf-8",
  };
}

function percent(char: string): string {
  return `%${char.charCodeAt(0).toString(16).padStart(2, "0").slice(-2).toUpperCase()}`;
}
