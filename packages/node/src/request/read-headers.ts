import { validateHeaderName, validateHeaderValue } from "node:http";
import { refuseRequest } from "./refuse-request.ts";

export type GivenHeaders = RequestInit["headers"] | Readonly<Record<string, string | undefined>>;

/** They belong to a connection, which is the transport's own business. */
const OF_CONNECTION = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Headers by their names in lower case, in the order given; several values of one name are joined.
 *
 * @throws TransportError `request_invalid` for what no header can be. The value is not told: it may be a key.
 */
export function readHeaders(given: GivenHeaders): Record<string, string> {
  // Without a prototype: `__proto__` is a name that a header may have.
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of pairsOf(given)) {
    const key = String(name).toLowerCase();
    if (OF_CONNECTION.has(key)) continue;
    const text = String(value).trim();
    check(key, text);
    const earlier = headers[key];
    headers[key] = earlier === undefined ? text : `${earlier}${key === "cookie" ? "; " : ", "}${text}`;
  }
  return headers;
}

function pairsOf(given: GivenHeaders): Iterable<readonly [string, unknown]> {
  if (given === undefined || given === null) return [];
  if (typeof given !== "object") return refuseRequest(`expected headers by name, got ${typeof given}`);
  if (!(Symbol.iterator in given)) return Object.entries(given);
  // Safe: what can be iterated is `Headers` or a list of pairs, by the type.
  return given as Iterable<readonly [string, unknown]>;
}

function check(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch {
    refuseRequest(
      `the header ${JSON.stringify(name)} cannot be sent: a name is letters, digits and hyphens, a value one line of Latin letters and signs`,
    );
  }
}
