import { printValue } from "../value/print-value.ts";
import { toFixedExact } from "../value/to-fixed-exact.ts";
import { countPoints, slicePoints } from "./code-points.ts";
import { exponentForm, shortestForm } from "./float-form.ts";
import type { Value } from "./frame.ts";

/** What stands between `%` and the verb. */
export interface VerbFlags {
  readonly left: boolean;
  readonly plus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  /** In characters; 0 for none. */
  readonly width: number;
  readonly precision: number | undefined;
}

/** One value as a verb prints it, or as `%!verb(type=value)` where the verb cannot. */
export function formatVerb(verb: string, flags: VerbFlags, value: Value): string {
  const digits = typeof value === "number" ? formatNumber(verb, flags, value) : undefined;
  if (digits !== undefined) return padNumber(digits, flags);
  const text = formatText(verb, flags, value);
  return pad(
    text ?? `%!${verb}(${value === undefined || value === null ? "" : `${typeName(value)}=`}${printValue(value)})`,
    flags,
  );
}

export function typeName(value: Value): string {
  if (value === undefined || value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function formatNumber(verb: string, flags: VerbFlags, value: number): string | undefined {
  switch (verb) {
    case "f":
    case "F":
      return toFixedExact(value, flags.precision ?? 6);
    case "e":
      return exponentForm(value, flags.precision ?? 6);
    case "E":
      return exponentForm(value, flags.precision ?? 6).toUpperCase();
    case "g":
      return shortestForm(value, flags.precision);
    case "v":
      return flags.precision === undefined ? printValue(value) : shortestForm(value, flags.precision);
    case "G":
      return shortestForm(value, flags.precision).toUpperCase();
    default:
      return Number.isInteger(value) ? formatWhole(verb, flags, value) : undefined;
  }
}

function formatWhole(verb: string, flags: VerbFlags, value: number): string | undefined {
  const whole = BigInt(value);
  switch (verb) {
    case "d":
      return whole.toString();
    case "b":
      return whole.toString(2);
    case "o":
      return withPrefix(whole, 8, flags.sharp ? "0" : "");
    case "x":
      return withPrefix(whole, 16, flags.sharp ? "0x" : "");
    case "X":
      return withPrefix(whole, 16, flags.sharp ? "0X" : "").toUpperCase();
    default:
      return undefined;
  }
}

function withPrefix(whole: bigint, radix: number, prefix: string): string {
  return whole < 0n ? `-${prefix}${(-whole).toString(radix)}` : prefix + whole.toString(radix);
}

function formatText(verb: string, flags: VerbFlags, value: Value): string | undefined {
  switch (verb) {
    case "v":
      return flags.sharp ? JSON.stringify(value ?? null) : cutText(value, flags.precision);
    case "s":
      return cut(printValue(value), flags.precision);
    case "q":
      return quote(flags, value);
    case "t":
      return typeof value === "boolean" ? String(value) : undefined;
    case "T":
      return typeName(value);
    case "x":
      return typeof value === "string" ? toHex(cut(value, flags.precision)) : undefined;
    case "X":
      return typeof value === "string" ? toHex(cut(value, flags.precision)).toUpperCase() : undefined;
    case "c":
      return isCodePoint(value) ? String.fromCodePoint(value) : undefined;
    case "U":
      return isCodePoint(value) ? `U+${value.toString(16).toUpperCase().padStart(4, "0")}` : undefined;
    default:
      return undefined;
  }
}

function quote(flags: VerbFlags, value: Value): string | undefined {
  if (typeof value === "string") return JSON.stringify(cut(value, flags.precision));
  if (isCodePoint(value)) return `'${String.fromCodePoint(value)}'`;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
}

/** A precision says how much of a text is wanted, and nothing of any other value. */
function cutText(value: Value, precision: number | undefined): string {
  return typeof value === "string" ? cut(value, precision) : printValue(value);
}

function cut(text: string, precision: number | undefined): string {
  return precision === undefined ? text : slicePoints(text, 0, precision);
}

function toHex(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function isCodePoint(value: Value): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0x10ffff;
}

function padNumber(digits: string, flags: VerbFlags): string {
  const isNegative = digits.startsWith("-");
  const sign = isNegative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  const rest = isNegative ? digits.slice(1) : digits;
  if (flags.zero && !flags.left) return sign + rest.padStart(flags.width - sign.length, "0");
  return pad(sign + rest, flags);
}

function pad(text: string, flags: VerbFlags): string {
  const blanks = " ".repeat(Math.max(0, flags.width - countPoints(text)));
  return flags.left ? text + blanks : blanks + text;
}
