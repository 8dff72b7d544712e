import { suggest } from "@catenary/core";

/** For the end of a list of what there is: the one that was probably meant, or nothing. */
export function didYouMean(word: unknown, known: readonly string[]): string {
  const meant = typeof word === "string" ? suggest(word, known) : undefined;
  return meant === undefined ? "" : `. Did you mean ${JSON.stringify(meant)}?`;
}
