import { describeKind } from "../value/describe-kind.ts";
import type { Value } from "./frame.ts";
import type { Fail, TemplateFunction } from "./template-function.ts";

/** `eq ne lt le gt ge`. Numbers are numbers: nothing tells 5 from 5.0. */
export const COMPARISONS: { readonly [name: string]: TemplateFunction } = {
  eq: {
    least: 2,
    most: Number.POSITIVE_INFINITY,
    call: ([first, ...others], fail) => others.some((other) => equal(first, other, fail)),
  },
  ne: { least: 2, most: 2, call: ([a, b], fail) => !equal(a, b, fail) },
  lt: ordering((order) => order < 0),
  le: ordering((order) => order <= 0),
  gt: ordering((order) => order > 0),
  ge: ordering((order) => order >= 0),
};

function ordering(holds: (order: number) => boolean): TemplateFunction {
  return { least: 2, most: 2, call: ([a, b], fail) => holds(order(a, b, fail)) };
}

function equal(a: Value, b: Value, fail: Fail): boolean {
  const left = a ?? null;
  const right = b ?? null;
  if (left === null || right === null) return left === right;
  if (typeof left === "object" || typeof right === "object") {
    return fail("objects and arrays cannot be compared: compare one of their fields, or the toJson of both");
  }
  if (typeof left !== typeof right) return fail(incomparable(left, right));
  return left === right;
}

function order(a: Value, b: Value, fail: Fail): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a === "string" && typeof b === "string") return a < b ? -1 : Number(a > b);
  return fail(incomparable(a, b));
}

function incomparable(a: Value, b: Value): string {
  return `cannot compare ${describeKind(a)} with ${describeKind(b)}: expected two numbers or two strings`;
}
