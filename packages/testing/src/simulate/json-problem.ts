import { describeValue } from "../describe-value.ts";

/** As deep as a value in a run may lie. */
const MOST_LEVELS = 100;

/**
 * Where a value is no JSON, and what is there, in words; undefined where it is JSON. Members that are undefined are none, as in
 * `JSON.stringify`.
 */
export function jsonProblemOf(value: unknown): string | undefined {
  return problemAt(value, "$", []);
}

function problemAt(value: unknown, place: string, around: readonly object[]): string | undefined {
  if (value === null || typeof value === "string" || typeof value === "boolean") return undefined;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : `${place} is ${value}`;
  if (typeof value !== "object") return `${place} is ${describeValue(value)}`;
  if (around.includes(value)) return `${place} contains itself`;
  if (around.length === MOST_LEVELS) return `${place} lies more than ${MOST_LEVELS} levels deep`;
  const inside = [...around, value];
  if (Array.isArray(value)) return first(value, (item, index) => problemAt(item, `${place}[${index}]`, inside));
  const prototype: unknown = Object.getPrototypeOf(value);
  // Objects of other realms are plain, too.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  if (!isPlain) return `${place} is ${describeValue(value)}`;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return first(members, ([name, member]) => problemAt(member, `${place}.${name}`, inside));
}

/** The first problem of them; holes of a list are looked at as well. */
function first<Item>(items: readonly Item[], problemOf: (item: Item, index: number) => string | undefined) {
  for (const [index, item] of items.entries()) {
    const problem = problemOf(item, index);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
