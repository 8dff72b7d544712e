import { describeKind } from "../value/describe-kind.ts";
import { isJsonObject } from "../value/json.ts";
import { countPoints, slicePoints } from "./code-points.ts";
import type { Value } from "./frame.ts";
import type { Fail, TemplateFunction } from "./template-function.ts";

/** `len index slice`. The length and the parts of a string are counted in characters (code points). */
export const COLLECTIONS: { readonly [name: string]: TemplateFunction } = {
  len: { least: 1, most: 1, call: ([value], fail) => length(value, fail) },
  index: {
    least: 1,
    most: Number.POSITIVE_INFINITY,
    call: ([value, ...keys], fail) => keys.reduce<Value>((owner, key) => element(owner, key, fail), value),
  },
  slice: { least: 1, most: 3, call: slice },
};

function length(value: Value, fail: Fail): number {
  if (typeof value === "string") return countPoints(value);
  if (Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  return fail(`len needs a string, an array or an object, but got ${describeGiven(value)}`);
}

function element(owner: Value, key: Value, fail: Fail): Value {
  if (Array.isArray(owner)) {
    if (typeof key !== "number" || !Number.isInteger(key)) {
      return fail(`index of an array needs a whole number, but got ${describeGiven(key)}`);
    }
    if (key >= 0 && key < owner.length) return owner[key];
    return fail(`index ${key} is out of range: the array has ${owner.length} elements, counted from 0`);
  }
  if (!isJsonObject(owner)) return fail(`index needs an array or an object, but got ${describeGiven(owner)}`);
  if (typeof key !== "string") return fail(`index of an object needs a string, but got ${describeGiven(key)}`);
  return Object.hasOwn(owner, key) ? owner[key] : undefined;
}

function slice([value, from = 0, to]: readonly Value[], fail: Fail): Value {
  if (typeof value !== "string" && !Array.isArray(value)) {
    return fail(`slice needs a string or an array, but got ${describeGiven(value)}`);
  }
  const size = length(value, fail);
  const start = bound(from, size, fail);
  const end = to === undefined ? size : bound(to, size, fail);
  if (start > end) return fail(`slice from ${start} to ${end}: the start is behind the end`);
  return typeof value === "string" ? slicePoints(value, start, end) : value.slice(start, end);
}

function bound(index: Value, size: number, fail: Fail): number {
  if (typeof index !== "number" || !Number.isInteger(index)) {
    return fail(`slice needs whole numbers, but got ${describeGiven(index)}`);
  }
  if (index < 0 || index > size) return fail(`index ${index} is out of range: the length is ${size}`);
  return index;
}

function describeGiven(value: Value): string {
  return value === undefined ? "a missing value" : describeKind(value);
}
