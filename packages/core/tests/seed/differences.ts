import { isJsonObject, type Json } from "../../src/value/json.ts";
import type { Answer } from "./answer.ts";

/** What of an answer of ours is not as theirs, by path: our value, or undefined where we have none. */
export type Differences = Readonly<Record<string, Json | undefined>>;

const COMPARED = ["status", "failedTask", "output", "outputType", "state", "modelCalls", "hookCalls", "repliesLeft"];

/** Compares everything that the original answers and did. */
export function differencesOf(theirs: Answer, ours: Answer): Differences {
  const found: Record<string, Json | undefined> = {};
  for (const field of COMPARED) {
    // Safe: both are plain data.
    const [a, b] = [theirs, ours].map((answer) => (answer as unknown as Record<string, Json | undefined>)[field]);
    if (field === "failedTask" && (theirs.status !== ours.status || a === undefined)) continue;
    collect(field, a, b, found);
  }
  return found;
}

function collect(
  path: string,
  theirs: Json | undefined,
  ours: Json | undefined,
  found: Record<string, Json | undefined>,
) {
  if (Array.isArray(theirs) && Array.isArray(ours) && theirs.length === ours.length) {
    for (const [at, element] of theirs.entries()) collect(`${path}[${at}]`, element, ours[at], found);
    return;
  }
  if (isJsonObject(theirs) && isJsonObject(ours)) {
    for (const key of new Set([...Object.keys(theirs), ...Object.keys(ours)]))
      collect(`${path}.${key}`, theirs[key], ours[key], found);
    return;
  }
  if (!Object.is(theirs, ours) && JSON.stringify(theirs) !== JSON.stringify(ours)) found[path] = ours;
}
