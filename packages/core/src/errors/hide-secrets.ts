import { basicAuthorization } from "../surroundings/basic-authorization.ts";
import { decodePercent } from "../surroundings/decode-percent.ts";
import { hideKeys } from "./hide-keys.ts";

/** How a server is spoken to, and what is secret about it. */
export interface SecretSources {
  /** Its address, with the user and password that it was given with. Default: none. */
  readonly url?: string;
  /** What every request carries. Default: nothing. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What else is not to be told. Default: nothing. */
  readonly secrets?: readonly string[];
}

/** They say what is sent, not who sends it. */
const HARMLESS = ["accept", "accept-language", "content-type", "user-agent"];

/** Shorter texts are no secrets, and to hide them would tear holes into every message. */
const SHORTEST = 4;

/** Some services put a key into the path; words of an ordinary path are shorter. */
const SECRET_PATH_PART = 16;
const LONG_PATH_PART = new RegExp(`(?<!/)/[^/?#\\s]{${SECRET_PATH_PART},}`, "g");

/**
 * What replaces the secrets of an address and of headers in a text from outside with `…`: platforms quote addresses in
 * their errors, and servers quote headers in theirs. What looks like a key is replaced too.
 */
export function hideSecrets({ url, headers = {}, secrets: given = [] }: SecretSources): (text: string) => string {
  const secrets = [...urlSecrets(url), ...Object.entries(headers).flatMap(headerSecrets), ...given.flatMap(withParts)]
    .filter((secret) => secret.length >= SHORTEST)
    // The longest first: one may be a part of another.
    .sort((a, b) => b.length - a.length);
  return (text) => hideKeys(secrets.reduce((hidden, secret) => hidden.replaceAll(secret, "…"), text));
}

/**
 * An address as it may be shown in an error, also one that is none: without its user and password, its query, and whatever in its
 * path may be a key.
 */
export function showAddress(address: string): string {
  const shown = hideSecrets({ url: address })(address);
  return shown.replace(LONG_PATH_PART, "/…").replace(/[?#].*$/, "");
}

function headerSecrets([name, value]: readonly [string, string]): string[] {
  if (HARMLESS.includes(name.toLowerCase())) return [];
  return withParts(value);
}

/** `Bearer abc` is as secret as `abc`. */
function withParts(secret: string): string[] {
  // Settings are not all written in TypeScript.
  const text = String(secret).trim();
  return [text, ...text.split(/\s+/).slice(1)];
}

function urlSecrets(address: string | undefined): string[] {
  if (address === undefined || !URL.canParse(address)) return [];
  const url = new URL(address);
  const { username, password, pathname, search, searchParams } = url;
  const isKnown = username !== "" || password !== "";
  const sent = isKnown ? headerSecrets(["authorization", basicAuthorization(url)]) : [];
  const user = [username, password, decodePercent(username), decodePercent(password), ...sent];
  const pathParts = pathname.split("/").filter((part) => part.length >= SECRET_PATH_PART);
  return [...user, ...pathParts, search.slice(1), ...searchParams.values()];
}
