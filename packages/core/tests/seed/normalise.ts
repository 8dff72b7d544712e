import type { Json } from "../../src/value/json.ts";

/** When every run of the player happens, in milliseconds since the Unix epoch. */
export const NOW = 1_700_000_000_000;

/** What is different in every run, written as in the recordings. They do the same to the zero time of a message. */
export function normalise(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (key, inner) => {
    if (key === "timestamp") return "<time>";
    if (key === "created" && inner === NOW / 1000) return "<unix time>";
    return typeof inner === "string" ? inner.replace(/^chatcmpl-<new id>$/, "chatcmpl-<id>") : inner;
  });
}
