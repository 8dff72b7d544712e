import type { RemoteHook } from "../remote-hook.ts";
import { basicAuthorization } from "./basic-authorization.ts";
import { decodePercent } from "./decode-percent.ts";

/** They say what is sent, not who sends it. */
const HARMLESS = ["accept", "accept-language", "content-type", "user-agent"];

/** Shorter texts are no secrets, and to hide them would tear holes into every message. */
const SHORTEST = 4;

/** Some services put a key into the path; words of an ordinary path are shorter. */
const SECRET_PATH_PART = 16;

/**
 * What replaces a hook's secrets in a text from outside with `…`: platforms quote addresses in their errors, and
 * servers quote headers in theirs.
 */
export function hideSecrets(hook: RemoteHook): (text: string) => string {
  const secrets = [...urlSecrets(new URL(hook.url)), ...Object.entries(hook.headers).flatMap(headerSecrets)]
    .filter((secret) => secret.length >= SHORTEST)
    .sort((a, b) => b.length - a.length);
  return (text) => secrets.reduce((hidden, secret) => hidden.replaceAll(secret, "…"), text);
}

function headerSecrets([name, value]: readonly [string, string]): string[] {
  if (HARMLESS.includes(name.toLowerCase())) return [];
  // `Bearer abc` is as secret as `abc`.
  return [value.trim(), ...value.trim().split(/\s+/).slice(1)];
}

function urlSecrets(url: URL): string[] {
  const { username, password, pathname, search, searchParams } = url;
  const isKnown = username !== "" || password !== "";
  const sent = isKnown ? headerSecrets(["authorization", basicAuthorization(url)]) : [];
  const user = [username, password, decodePercent(username), decodePercent(password), ...sent];
  const pathParts = pathname.split("/").filter((part) => part.length >= SECRET_PATH_PART);
  return [...user, ...pathParts, search.slice(1), ...searchParams.values()];
}
