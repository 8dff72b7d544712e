import { checkJson } from "./check-json.ts";
import { describeKind } from "./describe-kind.ts";
import { invalidInput } from "./invalid-input.ts";
import { isJsonObject } from "./json.ts";

const TRUE = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const FALSE = new Set(["0", "f", "F", "false", "FALSE", "False"]);

/** A text stays; an object with a text in `value` is that text; numbers and booleans as JavaScript prints them; the rest as JSON. */
export function convertText(raw: unknown): string {
  if (typeof raw === "string") return raw;
  const json = checkJson(raw, "$");
  if (typeof json !== "object") return String(json);
  if (isJsonObject(json) && Object.hasOwn(json, "value") && typeof json.value === "string") return json.value;
  return JSON.stringify(json);
}

/** A boolean, 0, 1, or one of the spellings `1 t T true TRUE True 0 f F false FALSE False`. */
export function convertBool(raw: unknown): boolean {
  if (typeof raw === "boolean") return raw;
  const text = typeof raw === "number" ? String(raw) : raw;
  if (typeof text === "string") {
    if (TRUE.has(text.trim())) return true;
    if (FALSE.has(text.trim())) return false;
    throw invalidInput("$", "a boolean (true or false)", `a ${typeof raw} that means neither`);
  }
  throw invalidInput("$", "a boolean (true or false)", describeKind(raw));
}

/** A whole number, or a text that is one and loses no digit. */
export function convertInt(raw: unknown): number {
  const expected = "a whole number";
  if (typeof raw === "number") {
    if (Number.isInteger(raw) && Math.abs(raw) <= 2 ** 63) return raw;
    throw invalidInput("$", expected, Number.isInteger(raw) ? "a number beyond 64 bits" : describeFraction(raw));
  }
  if (typeof raw !== "string") throw invalidInput("$", expected, describeKind(raw));
  const text = raw.trim();
  if (!/^[-+]?\d{1,32}$/.test(text)) throw invalidInput("$", expected, "a text that is none");
  const number = Number(text);
  if (BigInt(number) !== BigInt(text.replace("+", ""))) {
    throw invalidInput("$", `${expected} of at most 15 digits`, "a text with more digits than a number can hold");
  }
  return number;
}

/** A finite number, or a text that is one. */
export function convertFloat(raw: unknown): number {
  if (typeof raw === "number" && Number.isFinite(raw)) return raw;
  if (typeof raw !== "string") throw invalidInput("$", "a number", describeKind(raw));
  const text = raw.trim().replace(BETWEEN_DIGITS, "");
  const number = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(number)) return number;
  throw invalidInput("$", "a number", "a text that is none");
}

/** `1_000.5` is written with them in many languages, and contenox/runtime reads it. */
const BETWEEN_DIGITS = /(?<=\d)_(?=\d)/g;

function describeFraction(raw: number): string {
  return Number.isFinite(raw) ? "a number with a fraction" : String(raw);
}
