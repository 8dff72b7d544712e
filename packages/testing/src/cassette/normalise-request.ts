import type { Json, JsonObject } from "@catenary/core";
import type { CassetteCall } from "./cassette.ts";
import type { Scrub } from "./scrub.ts";
import { toJson } from "./to-json.ts";

/** What does not decide the answer, or holds credentials. */
const LEFT_OUT = new Set(["abortSignal", "headers", "includeRawChunks"]);

/** What a call asks, as it is kept and compared: without secrets, signals and headers. */
export function normaliseRequest(options: object, scrub: Scrub): JsonObject {
  const asked = Object.entries(options).filter(([name, value]) => !LEFT_OUT.has(name) && value !== undefined);
  // Safe: made of a record.
  return scrub(toJson(Object.fromEntries(asked))) as JsonObject;
}

/** The same for calls that ask the same, whatever the order of their fields. */
export function keyOf({ kind, model, request }: Pick<CassetteCall, "kind" | "model" | "request">): string {
  return JSON.stringify([kind, model, sorted(request)]);
}

function sorted(json: Json): Json {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(sorted);
  const entries = Object.entries(json).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, member]) => [name, sorted(member)]));
}
