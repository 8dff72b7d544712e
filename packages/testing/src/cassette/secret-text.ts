import { isSecretName } from "./secret-name.ts";

/** What stands where a secret was. */
export const SCRUBBED = "[scrubbed]";

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
  /(?<=[?&](?:key|sig|signature)=)[^\s&#"']+/gi,
  // Such a field with another word before the credential, and with a credential alone.
  /(?<=\bauthorization:\s*(?:token|apikey|key|digest|negotiate|ntlm)\s+)[^\s"'\\,;]+/gi,
  /(?<=\bauthorization:\s*)(?=[^\s"'\\,;]*\d)[^\s"'\\,;]{4,}/gi,
  /(?<=\b(?:set-)?cookie:\s*)[^\s=;"'\\]+=[^\n"'\\]+/gi,
];

/** A field with its value, by the ways in which a text has them. `name` is asked about; of the rest only `before` is kept. */
const FIELDS_IN_TEXT = [
  // JSON: a text, a number, a list. Of an object its own fields are looked at: most are descriptions of the field.
  /(?<before>"(?<name>[^"\\\n]{1,80})"\s*:\s*)(?:"(?:[^"\\]|\\[\s\S])*(?:"|\\?$)|-?\d[\d.eE+-]*|\[[^[\]]*\])/g,
  // JSON inside a text of JSON.
  /(?<before>(?<quote>\\+")(?<name>[^"\\\n]{1,80})\k<quote>\s*:\s*)\k<quote>(?:(?!\k<quote>)[\s\S])*(?:\k<quote>|$)/g,
] as const;

/** `name=value` in a command, a form, an address or a file of settings; `name: value` in a header. */
const PLAIN_FIELDS = [
  /(?<before>(?<![\w-])(?<name>[A-Za-z_][\w.-]{0,80})=)(?!=)(?:"[^"\n]*"|'[^'\n]*'|[^\s&;,"'<>\\]+)/g,
  /(?<before>(?<![\w-])(?<name>[A-Za-z]+(?:-[A-Za-z]+)+):\s*)(?!(?:Bearer|Basic)\s)[^\s"'\\,;]+/g,
] as const;

/** Takes out of a text what looks like a credential, and what stands in a field of such a name. */
export function scrubSecretText(text: string): string {
  let clean = text;
  for (const pattern of LOOKS_SECRET) clean = clean.replace(pattern, SCRUBBED);
  for (const pattern of FIELDS_IN_TEXT) clean = replaceField(clean, pattern, (quote) => quote + SCRUBBED + quote);
  for (const pattern of PLAIN_FIELDS) clean = replaceField(clean, pattern, () => SCRUBBED);
  return clean;
}

function replaceField(text: string, pattern: RegExp, write: (quote: string) => string): string {
  return text.replace(pattern, (whole: string, ...more: readonly unknown[]) => {
    // Safe: the last argument is the groups, and every pattern here names these.
    const { before, name, quote = '"' } = more.at(-1) as { before: string; name: string; quote?: string };
    return isSecretName(name) ? before + write(quote) : whole;
  });
}
