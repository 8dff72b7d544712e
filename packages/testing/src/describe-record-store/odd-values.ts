import type { Json } from "@catenary/core";

/** Strings that are easily taken for each other, or for something else. */
export const ODD_TEXTS: readonly string[] = [
  "a",
  "A",
  "a ",
  " a",
  "ä",
  "a\u0308",
  "\uff41",
  "日本語",
  "🧶",
  "\ud83e",
  "\udff6",
  "\ufffd",
  "a\0b",
  "a\0c",
  "a\\u0000b",
  '"',
  "\\",
  "'; DROP TABLE record; --",
  "%",
  "_",
  "a/b?c#d",
  "../a",
  "\n",
  "null",
  "0",
  "__proto__",
  "constructor",
  "x".repeat(5_000),
];

export const ODD_VALUES: readonly Json[] = [
  null,
  false,
  true,
  0,
  -1.5,
  1e308,
  5e-324,
  Number.MAX_SAFE_INTEGER,
  "",
  "a\0b",
  "\ud83e lone",
  "🧶 ä a\u0308",
  "null",
  [],
  {},
  [[], [null, [1]]],
  { "": "", "a.b": 1, length: 3, toJSON: "no function" },
  // An object literal would set the prototype.
  JSON.parse('{"__proto__":{"kept":true}}'),
];

/** An object with members in members. */
export function nested(levels: number): Json {
  let value: Json = "at the bottom";
  for (let level = 0; level < levels; level++) value = { in: value };
  return value;
}
