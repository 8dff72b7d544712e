import type { Json } from "../../value/json.ts";
import { findJson, type JsonKind } from "./find-json.ts";

/**
 * The JSON value that a model's reply was meant to be: read as it is; else what in it looks like JSON; else that after its usual
 * faults are mended (fences, comments, trailing commas, single quotes, names without quotes, missing brackets). Undefined
 * where there is none.
 */
export async function repairJson(reply: string, kind: JsonKind = "any"): Promise<Json | undefined> {
  const text = reply.trim();
  if (text === "") return undefined;
  const found = findJson(text, kind);
  const read = parse(text) ?? parse(found);
  if (read !== undefined) return read;
  // Words without quotes are a text, and mended as JSON they would be a list.
  return kind === "other" && /\s/.test(found) ? found : mend(found);
}

async function mend(text: string): Promise<Json | undefined> {
  // Loaded when the first reply needs it: most programs never do.
  const { jsonrepair } = await import("jsonrepair");
  try {
    return parse(jsonrepair(text));
  } catch {
    return undefined;
  }
}

function parse(text: string): Json | undefined {
  try {
    // Safe: parsed from JSON.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
