import type { Json, JsonObject } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import type { Scrub } from "./scrub.ts";

/**
 * Takes the secrets out of a stream's parts. One that is cut by the borders of the pieces is found too: the whole clean text
 * then stands in the first piece.
 */
export function scrubParts(parts: readonly Json[], scrub: Scrub): readonly Json[] {
  const texts = new Map<string, string>();
  for (const part of parts) {
    const delta = deltaOf(part);
    if (delta !== undefined) texts.set(delta.run, (texts.get(delta.run) ?? "") + delta.text);
  }
  const clean = new Map([...texts].map(([run, text]) => [run, scrub(text)]));
  const merged = new Set<string>();
  return parts.flatMap((part): readonly Json[] => {
    const delta = deltaOf(part);
    const whole = delta && clean.get(delta.run);
    if (delta === undefined || whole === undefined) return [scrub(part)];
    // A piece of an innocent text is innocent, whatever it looks like alone.
    if (whole === texts.get(delta.run)) return [withDelta(scrub(part), delta.text)];
    if (merged.has(delta.run)) return [];
    merged.add(delta.run);
    return [withDelta(scrub(part), whole)];
  });
}

function withDelta(part: Json, delta: Json): Json {
  // Safe: only records have a delta.
  return { ...(part as JsonObject), delta };
}

/** A piece of text, and which text it is a piece of. */
function deltaOf(part: Json): { readonly run: string; readonly text: string } | undefined {
  if (!isRecord(part) || typeof part.delta !== "string") return undefined;
  return { run: `${String(part.type)} ${String(part.id)}`, text: part.delta };
}
