import type { Json } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { scrubFields } from "./scrub-fields.ts";
import { spellingsOf } from "./secret-spellings.ts";
import { SCRUBBED, scrubSecretText } from "./secret-text.ts";

/** Takes the secrets out of a value. The same value gives the same result, of the same shape but for members that are secrets. */
export type Scrub = (json: Json) => Json;

/** Shorter ones are found in innocent words. */
const SHORTEST = 4;

/**
 * Makes what takes secrets out: whatever looks like one, whatever stands in a field of such a name, as a text, a number, a list or
 * in parts, and the values of `secrets`, plain, inside JSON, in an address, in bytes and in base64. Undefined and empty ones are
 * passed over, so that variables of the environment can be given as they are.
 *
 * @throws CatenaryError `settings_invalid` where they are no list of texts, and where a secret is shorter than 4 characters.
 */
export function createScrub(secrets: readonly (string | undefined)[] = []): Scrub {
  if (!Array.isArray(secrets) || !secrets.every((secret) => secret === undefined || typeof secret === "string")) {
    throw new CatenaryError(
      "settings_invalid",
      "`secrets` is a list of texts: secrets: [process.env.API_KEY]; got something else",
    );
  }
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
    return scrubSecretText(clean);
  };
  return (json) => scrubFields(json, scrubText);
}
