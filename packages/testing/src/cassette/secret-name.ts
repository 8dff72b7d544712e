/** Words that make a name one of a credential, wherever in it they stand. */
const SECRET_WORDS = new Set([
  "password",
  "passwords",
  "passwd",
  "pwd",
  "passphrase",
  "passcode",
  "secret",
  "secrets",
  "credential",
  "credentials",
  "authorization",
  "bearer",
  "cookie",
  "cookies",
]);

/** Words that make a credential of a key: others have `primary_key` and `key` alone. */
const KEY_OF =
  /^(?:api|access|secret|private|signing|encryption|auth|account|master|license|service|subscription|session|shared|ssh|hmac|admin|app|deploy)$/;

/** Words without a sign between them: `apikey`, `ACCESSTOKEN`. */
const JOINED =
  /^x?(?:api|access|auth|secret|private|session|refresh|id|client|bearer|user|master|signing|csrf|xsrf|bot)(?:key|token|secret|password)s?$/;

/** What follows the word where a token is a piece of text that a model reads or writes: `token_count`. */
const AFTER_PIECE =
  /^(?:count|counts|limit|limits|usage|type|types|budget|length|index|id|ids|size|rate|price|cost|probability)$/;

/** What stands before it there, and where it is a place in a list: `eos_token`, `nextPageToken`. */
const BEFORE_PIECE = /^(?:bos|eos|pad|unk|sep|cls|mask|stop|special|next|page|continuation|sync|per|max|min)$/;

/** Whether a field of this name holds a credential, in snake, kebab, camel or any other case: `client_secret`, `X-Api-Key`, `dbPassword`. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return words.some((word, place) => {
    if (SECRET_WORDS.has(word) || JOINED.test(word)) return true;
    const before = words[place - 1];
    if (word === "token") return !AFTER_PIECE.test(words[place + 1] ?? "") && !BEFORE_PIECE.test(before ?? "");
    if (word === "key" || word === "keys") return before !== undefined && KEY_OF.test(before);
    // `auth` says how to log in, `auth_type` does not; `db_pass` is a password, and `pass` alone a grade.
    if (word === "auth") return place === words.length - 1;
    return word === "pass" && place > 0 && place === words.length - 1;
  });
}

/** In lower case, without the numbers at their ends. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/\p{N}+$/u, ""))
    .filter((word) => word !== "");
}
