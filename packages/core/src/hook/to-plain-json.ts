import { isPlain } from "../value/is-plain.ts";
import type { Json } from "../value/json.ts";
import { MOST_LEVELS } from "../value/most-levels.ts";

/**
 * A copy of a value as plain JSON data. As in `JSON.stringify`, `toJSON` is obeyed, members that are undefined are left
 * out, and undefined elsewhere is null. What JSON would silently lose is refused: functions, symbols, bigints, NaN,
 * infinity, instances of classes, values inside themselves. Half characters become U+FFFD.
 *
 * @param refuse makes the error to throw, of the place (`$.a[0]`) and what is wrong there.
 */
export function toPlainJson(value: unknown, refuse: (place: string, problem: string) => Error): Json {
  const ancestors: object[] = [];

  const copy = (given: unknown, place: string): Json => {
    const item = hasToJson(given) ? given.toJSON() : given;
    if (item === undefined || item === null) return null;
    if (typeof item === "boolean") return item;
    if (typeof item === "string") return item.isWellFormed() ? item : item.toWellFormed();
    if (typeof item === "number") {
      if (!Number.isFinite(item)) throw refuse(place, `is ${item}`);
      return item;
    }
    if (typeof item !== "object") throw refuse(place, `is a ${typeof item}`);
    if (ancestors.includes(item)) throw refuse(place, "contains itself");
    if (ancestors.length === MOST_LEVELS) throw refuse(place, `lies more than ${MOST_LEVELS} levels deep`);
    ancestors.push(item);
    const copied = Array.isArray(item) ? copyArray(item, place) : copyObject(item, place);
    ancestors.pop();
    return copied;
  };

  const copyArray = (items: readonly unknown[], place: string): Json =>
    Array.from(items, (item, index) => copy(item, `${place}[${index}]`));

  const copyObject = (object: object, place: string): Json => {
    if (!isPlain(object)) throw refuse(place, `is an instance of ${object.constructor?.name || "a class"}`);
    // Unlike assignment, `fromEntries` makes an own member of a key named `__proto__`.
    return Object.fromEntries(
      Object.entries(object)
        .filter(([, member]) => member !== undefined)
        .map(([key, member]) => [key.toWellFormed(), copy(member, `${place}.${key}`)]),
    );
  };

  return copy(value, "$");
}

function hasToJson(value: unknown): value is { toJSON(): unknown } {
  return typeof value === "object" && value !== null && "toJSON" in value && typeof value.toJSON === "function";
}
