import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { decimalsBetween, integersBetween, type Range } from "./number-range.ts";
import { SchemaError } from "./schema-error.ts";

/** A number, or an integer, of a range. */
export function numberRule(
  type: "integer" | "number",
  part: JsonObject,
  path: string,
  { rules, skip }: SchemaRules,
): string {
  const range = rangeOf(part, type === "integer" ? 1 : 0);
  const { from = -Infinity, to = Infinity } = range;
  if (from === -Infinity && to === Infinity) return type;
  const body = type === "integer" ? integersBetween(range) : decimalsBetween(range);
  if (body !== undefined) return rules.add(body);
  const isEmpty = type === "integer" ? Math.ceil(from) > Math.floor(to) : from > to || (from === to && isOpen(range));
  if (isEmpty) {
    throw new SchemaError(path, `allows no ${type}: nothing lies between ${range.from} and ${range.to}`);
  }
  skip(path, "minimum, maximum");
  return type;
}

const isOpen = ({ isAbove, isBelow }: Range) => isAbove === true || isBelow === true;

/** @param step What an excluded end is away from the next allowed number; 0 where there is none next to it. */
function rangeOf(part: JsonObject, step: number): Range {
  const number = (value: unknown) => (typeof value === "number" ? value : undefined);
  const [above, below] = [number(part.exclusiveMinimum), number(part.exclusiveMaximum)];
  const [least, most] = [number(part.minimum), number(part.maximum)];
  const from =
    above === undefined ? least : Math.max(least ?? -Infinity, step === 0 ? above : Math.floor(above) + step);
  const to = below === undefined ? most : Math.min(most ?? Infinity, step === 0 ? below : Math.ceil(below) - step);
  return {
    from,
    to,
    isAbove: step === 0 && from === above && above !== undefined,
    isBelow: step === 0 && to === below && below !== undefined,
  };
}
