import type { Json } from "@catenary/core";

/** What differs from run to run, written as in the recordings: ids in the order in which they come up, times, ports. */
export class Normaliser {
  readonly #ids = new Map<string, string>();
  readonly #addresses: readonly (readonly [real: string, recorded: string])[];

  constructor(addresses: readonly (readonly [real: string, recorded: string])[]) {
    this.#addresses = addresses;
  }

  text(text: string): string {
    let known = text;
    for (const [real, recorded] of this.#addresses) known = known.replaceAll(real, recorded);
    return known
      .replace(COMPLETION_ID, "chatcmpl-<unix nanos>-<4 hex>")
      .replace(UUID, (id) => this.#idOf(id))
      .replace(TIME, (time) => (time.startsWith("0001-01-01") || time === MODEL_TIME ? time : "<time>"))
      .replace(CREATED, '$1"<unix time>"');
  }

  #idOf(id: string): string {
    const known = this.#ids.get(id) ?? `<id ${this.#ids.size + 1}>`;
    this.#ids.set(id, known);
    return known;
  }
}

const UUID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;
const COMPLETION_ID = /chatcmpl-[\w-]+(?!>)/g;
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;
/** When the models of the recordings were changed: it comes from their server. */
const MODEL_TIME = "2025-09-05T00:00:00Z";
const CREATED = /("created":)\d{9,}/g;

/** A text that is JSON as that value, so that key order and escapes do not matter; any other text as it is. */
export function readText(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * What is compared: durations are left out, error messages are there or not, lists of models are sorted, and JSON inside of
 * texts is read.
 */
export function comparable(value: Json): Json {
  return JSON.parse(JSON.stringify(value), (key, inner) => {
    if (key === "duration") return undefined;
    if (key === "created" && typeof inner === "number" && inner > 0) return "<unix time>";
    if (key === "message" && typeof inner === "string") return inner === "" ? "" : "<text>";
    if (key === "error" && typeof inner === "string") return inner === "" ? "" : "<text>";
    if (key === "models" && Array.isArray(inner)) return inner.toSorted();
    if (key === "pulledModels" && Array.isArray(inner)) return inner.toSorted(byName);
    const isJson = key === "arguments" || key === "output";
    return isJson && typeof inner === "string" ? readInner(inner) : inner;
  });
}

/** JSON inside of a text, in which the recordings have written over numbers. */
function readInner(text: string): Json {
  const read = readText(text.replaceAll('"created":<unix time>', '"created":"<unix time>"'));
  return typeof read === "string" ? read : comparable(read);
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
