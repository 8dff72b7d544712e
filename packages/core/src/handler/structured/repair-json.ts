import type { Json } from "../../value/json.ts";
import { findJson } from "./find-json.ts";

/**
 * The JSON value that a model's reply was meant to be: read as it is; else what in it looks like JSON; else that after its usual
 * faults are mended (fences, comments, trailing commas, single quotes, names without quotes, missing brackets). Undefined
 * where there is none.
 */
export async function repairJson(reply: string): Promise<Json | undefined> {
  const text = reply.trim();
  if (text === "") return undefined;
  const found = findJson(text);
  return parse(text) ?? parse(found) ?? (await mend(found));
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
