import { CatenaryError } from "@catenary/core";
import { describeValue } from "./describe-value.ts";
import { didYouMean } from "./did-you-mean.ts";
import { isByName } from "./is-by-name.ts";

/**
 * Refuses options that are no object, and names that none of them has: a misspelt one would be passed over.
 *
 * @param who Whose options they are, as in `simulate()`.
 * @param known Every name that there is.
 * @throws CatenaryError `settings_invalid` with the name that was probably meant.
 */
export function checkOptions(who: string, options: unknown, known: readonly string[]): void {
  if (!isByName(options)) {
    throw new CatenaryError("settings_invalid", `the options of ${who} are an object; got ${describeValue(options)}`);
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new CatenaryError(
    "settings_invalid",
    `${who} has no option ${JSON.stringify(unknown)}; it has: ${known.join(", ")}${didYouMean(unknown, known)}`,
    { details: { option: unknown } },
  );
}
