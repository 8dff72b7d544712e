import { describeKind } from "./describe-kind.ts";
import { fieldPath, invalidInput } from "./invalid-input.ts";
import { isPlain } from "./is-plain.ts";
import type { Json } from "./json.ts";
import { MOST_LEVELS } from "./most-levels.ts";

/**
 * A given value as JSON: own properties only, undefined properties left out, typed arrays as arrays. The given value is not changed,
 * and is returned as it is where nothing had to be left out. Throws an `InputError` for what JSON cannot carry: functions, class
 * instances, NaN and infinity, cycles, more than 100 levels.
 */
export function checkJson(raw: unknown, path: string): Json {
  return check(raw, path, 0);
}

function check(raw: unknown, path: string, depth: number): Json {
  if (raw === null || typeof raw === "string" || typeof raw === "boolean") return raw;
  if (typeof raw === "number" && Number.isFinite(raw)) return raw;
  if (typeof raw !== "object") throw invalidInput(path, "something that JSON can carry", describeKind(raw));
  // A cycle is endlessly deep, so that this finds it too.
  if (depth >= MOST_LEVELS) {
    throw invalidInput(path, `nested at most ${MOST_LEVELS} levels deep, without cycles`, "nested deeper");
  }
  if (Array.isArray(raw)) return checkArray(raw, path, depth);
  if (isNumericArray(raw)) return checkArray(Array.from(raw), path, depth);
  return checkObject(raw, path, depth);
}

function checkArray(raw: readonly unknown[], path: string, depth: number): Json {
  // Array.from visits holes too: they are undefined, and as refused.
  const items = Array.from(raw, (item, index) => check(item, `${path}[${index}]`, depth + 1));
  // Safe: where every element came back as itself, the array holds only JSON.
  return items.every((item, index) => Object.is(item, raw[index])) ? (raw as readonly Json[]) : items;
}

function checkObject(raw: object, path: string, depth: number): Json {
  if (!isPlain(raw)) throw invalidInput(path, "plain data", describeKind(raw));
  const entries: [string, Json][] = [];
  let isSame = true;
  for (const [key, item] of Object.entries(raw)) {
    if (item === undefined) {
      isSame = false;
      continue;
    }
    const checked = check(item, fieldPath(path, key), depth + 1);
    isSame &&= Object.is(checked, item);
    entries.push([key, checked]);
  }
  // Safe: where every property came back as itself, the object holds only JSON. fromEntries makes `__proto__` an own property.
  return isSame ? (raw as { readonly [key: string]: Json }) : Object.fromEntries(entries);
}

function isNumericArray(raw: object): raw is Float32Array | Float64Array {
  return raw instanceof Float32Array || raw instanceof Float64Array;
}
