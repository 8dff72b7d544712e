/**
 * The condition that a reply names. The reply as it is comes first, then without regard to case, then without what models
 * put around a word: quotes, emphasis, a code fence, a final period. Any further text means that it names none.
 */
export function matchCondition(reply: string, conditions: readonly string[]): string | undefined {
  const longest = conditions.reduce((length, condition) => Math.max(length, condition.length), 0);
  // Taking wrappings off takes time that grows with the square of the length, and so long a reply names nothing anyway.
  if (reply.trim().length > longest + MOST_WRAPPING) return undefined;
  const word = strip(reply);
  return (
    conditions.find((condition) => condition === reply) ??
    sole(conditions, reply) ??
    conditions.find((condition) => condition === word) ??
    sole(conditions, word)
  );
}

/** Without regard to case, but only where that leaves no doubt. */
function sole(conditions: readonly string[], word: string): string | undefined {
  const fits = conditions.filter((condition) => condition.trim().toLowerCase() === word.toLowerCase());
  return fits.length === 1 ? fits[0] : undefined;
}

function strip(reply: string): string {
  let word = reply.trim();
  for (let before = ""; before !== word; ) {
    before = word;
    word = word.replace(FENCE, "$1").replace(WRAPPED, "$2").replace(FINAL_PERIOD, "").trim();
  }
  return word;
}

/** Characters that can stand around a word. */
const MOST_WRAPPING = 200;
// What follows the opening fence is a language only where its line ends there.
const FENCE = /^```(?:[\w-]*\n)?([\s\S]*?)\n?```$/;
const WRAPPED = /^(["'`]|\*{1,3}|_{1,3}|“|‘|«)([\s\S]*?)(?:\1|”|’|»)$/;
const FINAL_PERIOD = /\.$/;
