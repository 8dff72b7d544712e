import type { Incoming } from "../dispatch/incoming.ts";
import { authorityOf } from "../dispatch/locate.ts";
import { HttpError } from "../errors/http-error.ts";
import type { HttpOptions } from "../http-options.ts";
import type { Route } from "../route.ts";
import { createHostList, hostNameOf } from "./host-list.ts";
import { isLoopback } from "./is-loopback.ts";
import { createKeyRing, type KeyRing } from "./key-ring.ts";

/** Lets a request in, and says whether it comes from an operator. Throws an HttpError of 401 or 403. */
export type Gate = (incoming: Incoming, access: Route["access"]) => boolean;

export function createGate({ keys, hosts, origins = [] }: HttpOptions): Gate {
  const ring = createKeyRing(keys);
  const isHost = createHostList(hosts, ring !== undefined);
  const isOrigin = new Set(origins.map((origin) => origin.toLowerCase()));
  return (incoming, access) => {
    const sent = incoming.header("host");
    if (sent === undefined || sent.includes(",")) throw notOneHost();
    const host = authorityOf(incoming.target) ?? sent;
    const name = hostNameOf(host);
    if (name === undefined || !isHost(name)) throw wrongHost(name);
    if (ring !== undefined) return hasKey(incoming, ring, access);
    refuseForeignPage(incoming, host, isOrigin);
    return isFromHere(incoming);
  };
}

function hasKey(incoming: Incoming, ring: KeyRing, access: Route["access"]): boolean {
  const given = [bearerOf(incoming.header("authorization")), apiKeyOf(incoming.header("x-api-key"))];
  const isRight = given.some((key) => key !== undefined && ring(key));
  if (isRight || access === "everyone") return isRight;
  const got = given.every((key) => key === undefined) ? "there is none" : "it is none of this server's";
  throw new HttpError(401, `a key is expected as "Authorization: Bearer …" or "X-API-Key: …"; ${got}`, {
    headers: { "www-authenticate": "Bearer" },
  });
}

function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +(.+)$/i.exec(header ?? "")?.[1]?.trim();
}

function apiKeyOf(header: string | undefined): string | undefined {
  return header === undefined ? undefined : (bearerOf(header) ?? header.trim());
}

/** Without keys a web page must not act with the trust that this machine has: browsers say where a request comes from. */
function refuseForeignPage(incoming: Incoming, host: string, allowed: ReadonlySet<string>): void {
  const origin = incoming.header("origin")?.toLowerCase();
  if (origin === undefined) {
    const site = incoming.header("sec-fetch-site");
    if (site === undefined || site === "same-origin" || site === "none" || incoming.method === "GET") return;
  } else if (allowed.has(origin) || hostOfOrigin(origin) === host.toLowerCase()) return;
  throw new HttpError(
    403,
    "this server takes no requests from pages of other origins: have theirs added (`origins`), or give a key",
  );
}

function hostOfOrigin(origin: string): string | undefined {
  return /^https?:\/\/(.+)$/.exec(origin)?.[1];
}

/** What proxies and tunnels add to a request that is not their own. None of them has to. */
const BY_PROXIES = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "cf-connecting-ip",
  "true-client-ip",
] as const;

/** A proxy on this machine is no operator, where it says that it asks for somebody else. */
function isFromHere(incoming: Incoming): boolean {
  const { peerAddress } = incoming;
  if (peerAddress === undefined || !isLoopback(peerAddress)) return false;
  return BY_PROXIES.every((name) => incoming.header(name) === undefined);
}

function notOneHost(): HttpError {
  return new HttpError(400, "one Host header is expected, with the name or the address that the client has asked");
}

function wrongHost(name: string | undefined): HttpError {
  const got = name === undefined ? "no name of a host" : JSON.stringify(name.slice(0, 100));
  return new HttpError(
    403,
    `the Host header has ${got}, which is not among the names of this server: call it by one of those, or have it added (\`hosts\`, --allow-host)`,
  );
}
