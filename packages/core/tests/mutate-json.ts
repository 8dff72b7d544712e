import fc from "fast-check";
import type { Json, JsonObject } from "../src/value/json.ts";

/** A change of one member somewhere in a JSON value: another value, another name, or none. */
export interface Mutation {
  /** Counted through all members; taken round where there are fewer. */
  readonly place: number;
  readonly change:
    | { readonly kind: "replace"; readonly value: Json }
    | { readonly kind: "rename"; readonly rename: (key: string) => string }
    | { readonly kind: "repeat"; readonly rename: (key: string) => string; readonly value: Json }
    | { readonly kind: "remove" };
}

const camel = (key: string) => key.replace(/_+(\w)/g, (_, letter: string) => letter.toUpperCase());
const rename = fc.constantFrom(
  camel,
  (key: string) => key.toUpperCase(),
  (key: string) => `_${key.replaceAll("_", "__")}_`,
  (key: string) => key.replaceAll("k", "\u212a"),
  (key: string) => (key === "hook" ? "tools" : `${key}s`),
);

/** Values that are words of chains somewhere, right and wrong, and any others. */
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    ...["", "end", "default", "equals", "Default", "==", "hook", "tools", "noop", "condition_key", "my_handler"],
    ...["string", "STRING", "JSON", "strng", "override", "timeout", "Timeout"],
    ...["0", "-0s", "+5s", "-5s", "30", "1h30m", ".5m", "1.s", "-.0ms", "5S"],
    ...[null, true, 0, -1, 1.5, 1e300],
  ),
  fc.constantFrom<Json>(
    [],
    {},
    [null],
    [""],
    { name: "" },
    { type: "strng" },
    { type: ["string", "null"] },
    { a: null },
  ),
  fc.jsonValue({ maxDepth: 1 }).map(
    // Safe: what fast-check calls a JSON value is one.
    (any) => any as Json,
  ),
);

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  place: fc.nat(),
  change: fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant("replace" as const), value }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("rename" as const), rename }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("repeat" as const), rename, value }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const) }) },
  ),
});

/** A copy with one member changed. The value itself is left as it is. */
export function mutateJson(json: Json, { place, change }: Mutation): Json {
  const members = countMembers(json);
  let left = members === 0 ? -1 : place % members;
  const copy = (item: Json): Json => {
    if (Array.isArray(item)) return item.flatMap((member: Json) => changed("", member).map(([, now]) => now));
    if (typeof item !== "object" || item === null) return item;
    return Object.fromEntries(Object.entries(item as JsonObject).flatMap(([key, member]) => changed(key, member)));
  };
  const changed = (key: string, member: Json): readonly (readonly [string, Json])[] => {
    if (left-- !== 0) return [[key, copy(member)]];
    switch (change.kind) {
      case "remove":
        return [];
      case "replace":
        return [[key, change.value]];
      case "rename":
        return [[change.rename(key), member]];
      case "repeat":
        return [
          [change.rename(key), change.value],
          [key, member],
        ];
    }
  };
  return copy(json);
}

function countMembers(json: Json): number {
  if (typeof json !== "object" || json === null) return 0;
  return Object.values(json).reduce((count: number, member: Json) => count + 1 + countMembers(member), 0);
}
