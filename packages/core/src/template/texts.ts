import { describeKind } from "../value/describe-kind.ts";
import { printValue } from "../value/print-value.ts";
import { trimReply } from "../value/trim-reply.ts";
import { boundedText } from "./bounded-text.ts";
import { countPoints, slicePoints } from "./code-points.ts";
import { escapeHtml, escapeJs, escapeQuery } from "./escapes.ts";
import type { Value } from "./frame.ts";
import { printf } from "./printf.ts";
import type { Fail, TemplateFunction } from "./template-function.ts";
import { isTruthy } from "./truth.ts";

const ANY = Number.POSITIVE_INFINITY;

/** `print println printf html js urlquery` of Go, and `toJson trunc default upper lower trim join` in the argument order of sprig, so that they pipe. */
export const TEXTS: { readonly [name: string]: TemplateFunction } = {
  print: { least: 0, most: ANY, call: print },
  println: { least: 0, most: ANY, call: (values, fail) => `${joinPrinted(values, fail, () => " ")}\n` },
  printf: { least: 1, most: ANY, call: printf },
  html: { least: 0, most: ANY, call: (values, fail) => escapeHtml(print(values, fail)) },
  js: { least: 0, most: ANY, call: (values, fail) => escapeJs(print(values, fail)) },
  urlquery: { least: 0, most: ANY, call: (values, fail) => escapeQuery(print(values, fail)) },
  toJson: { least: 1, most: 1, call: ([value]) => JSON.stringify(value ?? null) },
  default: { least: 1, most: 2, call: ([fallback, value]) => (isTruthy(value) ? value : fallback) },
  upper: { least: 1, most: 1, call: ([value]) => textOf(value).toUpperCase() },
  lower: { least: 1, most: 1, call: ([value]) => textOf(value).toLowerCase() },
  trim: { least: 1, most: 1, call: ([value]) => trimReply(textOf(value)) },
  trunc: { least: 2, most: 2, call: trunc },
  join: { least: 2, most: 2, call: join },
};

/** Like Go's, puts a space between two values of which neither is a string. */
function print(values: readonly Value[], fail: Fail): string {
  return joinPrinted(values, fail, (a, b) => (typeof a === "string" || typeof b === "string" ? "" : " "));
}

function joinPrinted(values: readonly Value[], fail: Fail, between: (a: Value, b: Value) => string): string {
  const out = boundedText(fail);
  values.forEach((value, index) => {
    if (index > 0) out.add(between(values[index - 1], value));
    out.add(printValue(value));
  });
  return out.text();
}

function trunc([count, value]: readonly Value[], fail: Fail): string {
  if (typeof count !== "number" || !Number.isInteger(count)) {
    return fail(`trunc needs a whole number first, as in: trunc 100 .text; but got ${describeKind(count)}`);
  }
  const text = textOf(value);
  return count >= 0
    ? slicePoints(text, 0, count)
    : slicePoints(text, Math.max(0, countPoints(text) + count), Number.MAX_SAFE_INTEGER);
}

function join([separator, list]: readonly Value[], fail: Fail): string {
  if (typeof separator !== "string") {
    return fail(`join needs a string first, as in: join ", " .list; but got ${describeKind(separator)}`);
  }
  if (list === undefined || list === null) return "";
  if (!Array.isArray(list)) return fail(`join needs an array, but got ${describeKind(list)}`);
  const out = boundedText(fail);
  list.forEach((item: Value, index) => {
    if (index > 0) out.add(separator);
    out.add(printValue(item));
  });
  return out.text();
}

/** What is missing has no text to change. */
function textOf(value: Value): string {
  return value === undefined || value === null ? "" : printValue(value);
}
