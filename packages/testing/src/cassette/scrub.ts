import type { Json } from "@catenary/core";
import { CatenaryError } from "@catenary/core";

/** What stands where a secret was. */
export const SCRUBBED = "[scrubbed]";

/** Takes the secrets out of a value. The same value gives the same result. */
export type Scrub = (json: Json) => Json;

const FIELD =
  "(?:proxy-)?authorization|(?:x-)?(?:goog-)?api[-_]?key|set-cookie|cookie|(?:access|refresh|auth|session|id)[-_]?token|(?:client[-_]?)?secret|password";

/** Fields whose text is a credential, whatever it looks like. */
const SECRET_FIELD = new RegExp(`^(?:${FIELD})$`, "i");

/** What looks like a credential, wherever it stands. */
const LOOKS_SECRET = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:sk|pk|rk|gsk|xai|pplx)[-_][A-Za-z0-9_-]{8,}/g,
  /\bAIza[\w-]{20,}/g,
  /\b(?:gh[pousr]_|github_pat_|glpat-|hf_|r8_|npm_)\w{16,}/g,
  /\bxox[abeoprs]-[\w-]{8,}/g,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  // One ordinary word, as in "a bearer token", is none.
  /(?<=\b[Bb]earer\s+)(?![A-Z]?[a-z]+(?:[\s.,;:!?)"'`]|$))[^\s"'\\,;]{4,}/g,
  /(?<=\bBasic\s+)(?![A-Z]?[a-z]+(?:[\s.,;:!?)"'`]|$))[A-Za-z0-9+/=_-]{8,}/g,
  /(?<=:\/\/)[^\s/@"']+(?=@)/g,
  /(?<=[?&](?:api[-_]?key|key|access[-_]?token|token|sig|signature)=)[^\s&#"']+/gi,
  // Such a field of JSON inside a text: the arguments of a tool call are one.
  new RegExp(`(?<="(?:${FIELD})"\\s*:\\s*")[^"]+`, "gi"),
];

/** Shorter ones are found in innocent words. */
const SHORTEST = 4;

/**
 * Makes what takes secrets out: whatever looks like one, and the values of `secrets`, plain, inside JSON, in an address and in
 * base64. Undefined and empty ones are passed over, so that variables of the environment can be given as they are.
 *
 * @throws CatenaryError `settings_invalid` where a secret is shorter than 4 characters.
 */
export function createScrub(secrets: readonly (string | undefined)[] = []): Scrub {
  const known = secrets.flatMap((secret) => (secret === undefined || secret === "" ? [] : [secret]));
  if (known.some((secret) => secret.length < SHORTEST)) {
    throw new CatenaryError(
      "settings_invalid",
      `every one of secrets is to have at least ${SHORTEST} characters, and one is shorter: it would be taken out of innocent words`,
    );
  }
  // The longest first, so that a secret inside another one does not leave the rest of it.
  const spellings = [...new Set(known.flatMap(spellingsOf))].sort((one, other) => other.length - one.length);

  const scrubText = (text: string): string => {
    let clean = text;
    for (const spelling of spellings) clean = clean.replaceAll(spelling, SCRUBBED);
    for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, SCRUBBED);
    return clean;
  };

  const scrub: Scrub = (json) => {
    if (typeof json === "string") return scrubText(json);
    if (typeof json !== "object" || json === null) return json;
    if (Array.isArray(json)) return json.map(scrub);
    return Object.fromEntries(
      Object.entries(json).map(([name, member]) => [
        scrubText(name),
        SECRET_FIELD.test(name) && typeof member === "string" ? SCRUBBED : scrub(member),
      ]),
    );
  };
  return scrub;
}

function spellingsOf(secret: string): readonly string[] {
  const bytes = new TextEncoder().encode(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret.toWellFormed()),
    btoa(String.fromCharCode(...bytes)),
  ];
}
