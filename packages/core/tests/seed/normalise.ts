import type { Json } from "../../src/value/json.ts";

/** What may differ from run to run, written as in the recordings, which do the same to times that came with the input. */
export function normalise(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (key, inner) => {
    if (key === "timestamp") return "<time>";
    return key === "created" && typeof inner === "number" ? "<unix time>" : inner;
  });
}
