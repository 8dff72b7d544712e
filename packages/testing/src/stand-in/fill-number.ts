import type { Field } from "./field.ts";
import { giveNumber } from "./give-number.ts";
import { type JsonSchema, numberIn } from "./json-schema.ts";

type NumberType = "number" | "integer";

/** A number from the text, brought within the schema's bounds; undefined where the text has none. */
export function fillNumber({ question, schema, source }: Field, type: NumberType): number | undefined {
  const { low, high } = bounds(schema);
  const request = {
    question: question === "" ? source.reading.instruction : question,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
  };
  const given = giveNumber(request, { ...source.reading, material: source.text });
  return given === undefined || !Number.isFinite(given) ? undefined : withinBounds(given, schema, type);
}

/** Zero, or what the schema allows nearest to it. */
export function fallbackNumber(schema: JsonSchema, type: NumberType): number {
  return withinBounds(0, schema, type);
}

function bounds(schema: JsonSchema): { readonly low: number | undefined; readonly high: number | undefined } {
  return {
    low: numberIn(schema, "minimum") ?? numberIn(schema, "exclusiveMinimum"),
    high: numberIn(schema, "maximum") ?? numberIn(schema, "exclusiveMaximum"),
  };
}

/** The number nearest to `value` that the schema allows. */
export function withinBounds(value: number, schema: JsonSchema, type: NumberType): number {
  const step = stepOf(schema, type);
  return step === undefined ? clamp(value, schema) : onStep(value, step, schema);
}

function stepOf(schema: JsonSchema, type: NumberType): number | undefined {
  const multipleOf = numberIn(schema, "multipleOf");
  const step = multipleOf !== undefined && multipleOf > 0 ? multipleOf : undefined;
  if (type === "number") return step;
  if (step === undefined) return 1;
  // An integer that is a multiple of 0.5 is a multiple of 1.
  for (let times = 1; times <= 1_000; times++) if (Number.isInteger(step * times)) return step * times;
  return step;
}

function onStep(value: number, step: number, schema: JsonSchema): number {
  let most = Number.POSITIVE_INFINITY;
  let least = Number.NEGATIVE_INFINITY;
  const [minimum, maximum] = [numberIn(schema, "minimum"), numberIn(schema, "maximum")];
  const [above, below] = [numberIn(schema, "exclusiveMinimum"), numberIn(schema, "exclusiveMaximum")];
  if (minimum !== undefined) least = Math.ceil(minimum / step);
  if (above !== undefined) least = Math.max(least, Math.floor(above / step) + 1);
  if (maximum !== undefined) most = Math.floor(maximum / step);
  if (below !== undefined) most = Math.min(most, Math.ceil(below / step) - 1);
  const times = Math.max(least, Math.min(most, Math.round(value / step)));
  // 3 × 0.1 is not 0.3 in floating point.
  return Number((times * step).toPrecision(15)) + 0;
}

function clamp(value: number, schema: JsonSchema): number {
  const [minimum, maximum] = [numberIn(schema, "minimum"), numberIn(schema, "maximum")];
  const [above, below] = [numberIn(schema, "exclusiveMinimum"), numberIn(schema, "exclusiveMaximum")];
  const low = Math.max(minimum ?? Number.NEGATIVE_INFINITY, above ?? Number.NEGATIVE_INFINITY);
  const high = Math.min(maximum ?? Number.POSITIVE_INFINITY, below ?? Number.POSITIVE_INFINITY);
  const clamped = Math.max(low, Math.min(high, value));
  if (clamped !== above && clamped !== below) return clamped;
  if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) / 2;
  return clamped === above ? clamped + 1 : clamped - 1;
}
