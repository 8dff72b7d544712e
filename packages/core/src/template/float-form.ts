import { toFixedExact } from "../value/to-fixed-exact.ts";

/** `2.500000e+00`, with a precision of 0 to 100: one digit before the point, at least two in the exponent. */
export function exponentForm(value: number, precision: number | undefined): string {
  if (!Number.isFinite(value)) return String(value);
  const text = precision === undefined ? value.toExponential() : value.toExponential(precision);
  return text.replace(/e([-+])(\d)$/, "e$10$2");
}

/** The shortest text that is the number, or `precision` digits of it: with an exponent below 1e-4, and from 1e6 or the precision on, as C does it. */
export function shortestForm(value: number, precision: number | undefined): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const digits = precision === undefined ? undefined : Math.max(precision, 1);
  const scientific = exponentForm(value, digits === undefined ? undefined : digits - 1);
  const exponent = Number(scientific.slice(scientific.indexOf("e") + 1));
  if (exponent < -4 || exponent >= (digits ?? 6)) return scientific.replace(/(\.\d*?)0+e/, "$1e").replace(".e", "e");
  if (digits === undefined) return String(value);
  const fixed = toFixedExact(value, Math.max(0, digits - 1 - exponent));
  return fixed.includes(".") ? fixed.replace(/\.?0+$/, "") : fixed;
}
