/**
 * A text from outside without what looks like a key, for which `…` stands: platforms quote headers and addresses in their
 * errors, and servers quote keys in theirs. Whoever knows the very key hides it better; this is for those who do not.
 */
export function hideKeys(text: string): string {
  return text
    .replace(AUTHORIZATION, "$1 …")
    .replace(IN_QUERY, "$1…")
    .replace(IN_ADDRESS, "$1…@")
    .replace(WITH_PREFIX, "…");
}

/** `Bearer abc123`; words such as `Bearer authentication` stay. */
const AUTHORIZATION = /\b(Bearer|Basic)\s+(?=[^\s"',;]*[\d=+/_-])[^\s"',;]{6,}/gi;
const IN_QUERY = /([?&](?:api[-_]?key|key|(?:access[-_]?)?token|sig|signature|secret|password)=)[^&\s"'#]+/gi;
const IN_ADDRESS = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"']+@/gi;
/** The beginnings by which services mark their keys. */
const WITH_PREFIX = /\b(?:(?:sk|pk|rk|gsk|xai|hf|ghp)[-_]|AIza)[\w-]{8,}/g;
