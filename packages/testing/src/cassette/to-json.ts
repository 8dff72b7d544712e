import type { Json } from "@catenary/core";

export const BYTES = "$bytes";
const DATE = "$date";
const URL_MARK = "$url";

/**
 * Requests and answers as plain data. Bytes, dates and addresses keep their kind; what JSON has no word for is left out.
 */
export function toJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return { [BYTES]: encodeBytes(value) };
  if (value instanceof Date) return { [DATE]: value.toISOString() };
  if (value instanceof URL) return { [URL_MARK]: value.href };
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value !== "object") return null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined && typeof member !== "function" && typeof member !== "symbol")
      .map(([name, member]) => [name, toJson(member)]),
  );
}

/** Whether an object stands for bytes, a date or an address. */
export function isMarked(json: { readonly [key: string]: Json }): boolean {
  const [only, ...more] = Object.entries(json);
  if (only === undefined || more.length > 0) return false;
  return typeof only[1] === "string" && (only[0] === BYTES || only[0] === DATE || only[0] === URL_MARK);
}

/** What `toJson` was given. An address that is none any more without its secrets stays a text. */
export function fromJson(json: Json): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(fromJson);
  const entries = Object.entries(json);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined && typeof only[1] === "string") {
    const [mark, text] = only;
    if (mark === BYTES) return decodeBytes(text);
    if (mark === DATE) return new Date(text);
    if (mark === URL_MARK) return URL.canParse(text) ? new URL(text) : text;
  }
  return Object.fromEntries(entries.map(([name, member]) => [name, fromJson(member)]));
}

export function encodeBytes(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function decodeBytes(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
