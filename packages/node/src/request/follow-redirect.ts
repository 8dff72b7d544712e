import { TransportError } from "../transport-error.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";
import { readUrl } from "./read-url.ts";

/** What another origin may know. Everything else may be a credential, under whatever name. */
const FOR_EVERYBODY = ["accept", "accept-encoding", "accept-language", "cache-control", "user-agent"];

/** Where an answer sends us, or undefined where it is the answer. */
export function locationOf(status: number, location: string | undefined): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? location : undefined;
}

/**
 * The request that a redirect asks for: 303, and 301 and 302 after a POST, turn it into a GET without a body. Another origin is told
 * what is the same for everybody, and nothing else.
 *
 * @throws TransportError `redirect_refused` where it leads from https to http, to no address of the web, or asks for a stream again.
 */
export function followRedirect(from: OutgoingRequest, status: number, location: string): OutgoingRequest {
  const url = readTarget(location, from.url);
  if (from.url.protocol === "https:" && url.protocol === "http:")
    refuse(from, `leads from https to http at ${url.host}, where everybody on the way can read it`);
  const { method, body, signal, redirect } = from;
  const isOther = url.origin !== from.url.origin;
  const becomesGet = (status === 303 && method !== "HEAD") || (status < 303 && method === "POST");
  if (!becomesGet && body instanceof ReadableStream)
    refuse(from, "asks for the body again, which was a stream: send text or bytes, or the request to its new place");
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(from.headers)) {
    const isOfBody = name.startsWith("content-");
    if (isOfBody ? !becomesGet : !isOther || FOR_EVERYBODY.includes(name)) headers[name] = value;
  }
  // A name that the caller gave to one server is none of another's.
  if (isOther) delete headers.host;
  return {
    url,
    method: becomesGet && method !== "GET" ? "GET" : method,
    headers,
    redirect,
    ...(body !== undefined && !becomesGet && { body }),
    ...(signal && { signal }),
  };
}

function readTarget(location: string, base: URL): URL {
  const fail = () =>
    new TransportError(
      "redirect_refused",
      `${base.host} redirects to what is no address of the web; nothing was sent there`,
    );
  if (!URL.canParse(location, base)) throw fail();
  const url = new URL(location, base);
  if (url.hash === "") url.hash = base.hash;
  try {
    return readUrl(url);
  } catch {
    throw fail();
  }
}

function refuse({ url }: OutgoingRequest, words: string): never {
  throw new TransportError("redirect_refused", `the redirect of ${url.host} ${words}`);
}
