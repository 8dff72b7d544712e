import type { Json, JsonObject } from "@catenary/core";
import type { PlayedAnswers } from "./answer.ts";

/** What of our answers is not as theirs, by path: our value, or undefined where we have none. */
export type Differences = Readonly<Record<string, Json | undefined>>;

/** Everything that the original answers and did must be there; what we add is no difference. */
export function differencesOf(theirs: PlayedAnswers, ours: PlayedAnswers): Differences {
  const found: Record<string, Json | undefined> = {};
  // Safe: both are plain data.
  collect("", theirs as unknown as Json, ours as unknown as Json, found);
  return found;
}

function collect(path: string, theirs: Json, ours: Json | undefined, found: Record<string, Json | undefined>): void {
  if (Array.isArray(theirs) && Array.isArray(ours) && theirs.length === ours.length) {
    for (const [at, element] of theirs.entries()) collect(`${path}[${at}]`, element, ours[at], found);
    return;
  }
  if (isObject(theirs) && isObject(ours)) {
    for (const [key, value] of Object.entries(theirs)) {
      if (value !== undefined) collect(path === "" ? key : `${path}.${key}`, value, ours[key], found);
    }
    return;
  }
  if (JSON.stringify(theirs) !== JSON.stringify(ours)) found[path] = ours;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
