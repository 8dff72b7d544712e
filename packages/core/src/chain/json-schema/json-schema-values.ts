import { DATA_TYPES } from "../../value/data-type.ts";
import type { Json, JsonObject } from "../../value/json.ts";
import type { FieldValue, ShapeName } from "../wire/field.ts";

/** The values that a field may hold wherever it stands. Null says the same as nothing. */
export function valueSchema(value: FieldValue): JsonObject {
  switch (value.is) {
    case "text":
      return textSchema(value);
    case "schema":
      return { type: ["object", "null"] };
    case "boolean":
      return { type: ["boolean", "null"] };
    case "number":
      return { type: ["number", "null"] };
    case "integer":
      return { type: ["integer", "null"], minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
    case "texts":
      return { type: ["array", "null"], items: value.oneOf ? oneOfWords(value.oneOf) : { type: ["string", "null"] } };
    case "map":
      return { type: ["object", "null"], additionalProperties: MEMBERS[value.of] };
    case "shape":
      return orNull(value.shape);
    case "shapes":
      return { type: ["array", "null"], items: orNull(value.shape) };
  }
}

function textSchema(value: FieldValue & { readonly is: "text" }): JsonObject {
  // Only the type of a chain's input may be a schema too: a wrong one is an error whatever a run comes to.
  if (value.schemaToo)
    return { anyOf: [...dataTypes("|"), { type: "object", $ref: "#/$defs/jsonSchema" }, { type: "null" }] };
  if (value.oneOf !== undefined) return oneOfWords(value.oneOf);
  if (value.numbersToo) return { type: ["string", "number", "null"] };
  return { type: ["string", "null"], ...(value.syntax === "duration" && { examples: ["30s", "500ms", "1h30m"] }) };
}

function orNull(shape: ShapeName): JsonObject {
  return { anyOf: [{ $ref: `#/$defs/${shape}` }, { type: "null" }] };
}

/** Offers the known words and accepts others: they are no error where no run comes to them. */
export function oneOfWords(words: readonly string[]): JsonObject {
  return { anyOf: [{ enum: words }, { type: ["string", "null"] }] };
}

/** The names of data types, which are read in any case. */
function dataTypes(others = ""): readonly JsonObject[] {
  const names = DATA_TYPES.map((name) => [...name].map(anyCase).join(""));
  return [{ enum: DATA_TYPES }, { type: "string", pattern: `^(?:${names.join("|")}${others})$` }];
}

function anyCase(sign: string): string {
  if (sign === "_") return sign;
  // The sign for Kelvin is a capital k, too.
  return `[${sign}${sign.toUpperCase()}${sign === "k" ? "\u212a" : ""}]`;
}

const MEMBERS: Readonly<Record<"boolean" | "json" | "dataType", Json>> = {
  boolean: { type: ["boolean", "null"] },
  json: true,
  dataType: { anyOf: [...dataTypes(), { type: "null" }] },
};
