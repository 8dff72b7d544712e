import { checkJson } from "./check-json.ts";
import { describeKind } from "./describe-kind.ts";
import { invalidInput } from "./invalid-input.ts";
import type { SearchResult } from "./search-result.ts";
import { readStructure } from "./structure-reader.ts";

/** Checks a list of search results; absent fields are empty. Throws an `InputError` with the path of what is wrong. */
export function convertSearchResults(raw: unknown): SearchResult[] {
  const list = checkJson(raw, "$");
  if (!Array.isArray(list)) throw invalidInput("$", "an array of search results", describeKind(list));
  return list.map((item: unknown, index) => {
    const result = readStructure(item, `$[${index}]`);
    return { id: result.text("id", ""), type: result.text("type", ""), distance: result.number("distance", 0) };
  });
}
