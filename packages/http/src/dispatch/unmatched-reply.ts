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

/** The original's words, and what to do. */
const NOT_FOUND = "serverops: not found: /openapi.json says which routes there are, and none of them ends with a slash";

/** Where clients of OpenAI ask, who read every error as JSON. */
const OF_OPENAI = /^\/(?:v1|openai)(?:\/|$)/;

/**
 * What is answered where there is no route: as the original does it, which redirects crooked paths, and has a page of errors for
 * every GET; below the paths of OpenAI's clients, as OpenAI does it.
 */
export function unmatchedReply({ method, place, mount, methods }: Unmatched): Reply {
  if (!place.path.startsWith("/")) return unmatchedTarget(place.path, method);
  const clean = cleanPath(place.path);
  if (clean !== place.path) return redirect(`${mount}${clean}${place.query === "" ? "" : `?${place.query}`}`, method);
  if (method === "GET") return { status: 404, json: errorBody(404, NOT_FOUND) };
  if (OF_OPENAI.test(place.path)) return unmatchedOfOpenAI(method, methods);
  const allow = [...new Set(["GET", "HEAD", ...methods])].sort().join(", ");
  return { status: 405, headers: { allow }, text: "Method Not Allowed\n" };
}

function unmatchedOfOpenAI(method: string, methods: readonly string[]): Reply {
  if (methods.length === 0) {
    const message = "there is no such endpoint here: see /openapi.json for those that there are";
    return { status: 404, json: errorBody(404, message, { code: "unknown_url" }) };
  }
  const allow = [...new Set([...methods, ...(methods.includes("GET") ? ["HEAD"] : [])])].sort().join(", ");
  return {
    status: 405,
    headers: { allow },
    json: errorBody(405, `this endpoint takes ${allow}; got ${method.slice(0, 20)}`),
  };
}

/** `OPTIONS *` asks for the server; other targets that are no paths are for proxies. */
function unmatchedTarget(target: string, method: string): Reply {
  if (target === "*" && method === "OPTIONS")
    return { status: 204, headers: { allow: "DELETE, GET, HEAD, POST, PUT" }, text: "" };
  return { status: 400, json: errorBody(400, "a path is expected, which begins with a slash") };
}

function redirect(target: string, method: string): Reply {
  // Of what a path may have, a header and a link cannot have everything.
  const location = target.replace(/[^\x21\x23-\x25\x28-\x3b\x3d\x3f-\x5b\x5d-\x7e]/g, (char) => percent(char));
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
