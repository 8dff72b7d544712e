import { DATA_TYPES } from "../value/data-type.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { Field, FieldValue, ShapeName } from "./field.ts";
import { FIELDS } from "./fields.ts";
import { HANDLER_SPECS } from "./handler-spec.ts";
import { wireName } from "./spelling.ts";

/** The name of this schema, not an address. Stays the same as long as the schema accepts all that it accepted before. */
const SCHEMA_ID = "urn:catenary:schema:chain:1";

/**
 * A JSON Schema (2020-12) of chains, for editors and other tools. It accepts every chain that `parseChain` finds no error in, and so
 * asks for no field by name: names are read in any case, and a chain may have parts that no run comes to. What it accepts
 * may still be wrong in ways that no schema can say, such as a target that is no task: `validateChain` says those.
 * The package has it as a file, `@catenary/core/chain.schema.json`.
 */
export function chainJsonSchema(): JsonObject {
  const shapes = Object.keys(FIELDS) as ShapeName[]; // The keys of the table are the names of the shapes.
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: SCHEMA_ID,
    title: "Chain",
    description: "A chain: a state machine of AI tasks.",
    $ref: "#/$defs/chain",
    $defs: Object.fromEntries(shapes.map((shape) => [shape, shapeSchema(shape)])),
  };
}

function shapeSchema(shape: ShapeName): JsonObject {
  const fields: readonly Field[] = FIELDS[shape];
  const properties = fields.flatMap((field) => {
    const schema = fieldSchema(shape, field);
    const wire = wireName(field.name);
    return wire === field.name
      ? [[wire, schema]]
      : [
          [wire, schema],
          [field.name, { ...schema, deprecated: true }],
        ];
  });
  const forEditors =
    shape === "chain"
      ? { $schema: { description: "Where this schema is, for editors. It means nothing to the chain." } }
      : {};
  return { type: "object", properties: { ...forEditors, ...Object.fromEntries(properties) } };
}

function fieldSchema(shape: ShapeName, field: Field): JsonObject {
  const schema = { description: field.doc, ...valueSchema(field.value) };
  if (shape === "task" && field.name === "handler")
    return { ...schema, ...oneOfWords(HANDLER_SPECS.map(({ name }) => name)) };
  return shape === "chain" && field.name === "tasks" ? { ...schema, minItems: 1 } : schema;
}

/** Null says the same as nothing, everywhere. */
function valueSchema(value: FieldValue): JsonObject {
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
  if (value.oneOf !== undefined) return oneOfWords(value.oneOf, value.schemaToo ? ["object"] : []);
  if (value.numbersToo) return { type: ["string", "number", "null"] };
  return { type: ["string", "null"], ...(value.syntax === "duration" && { examples: ["30s", "500ms", "1h30m"] }) };
}

function orNull(shape: ShapeName): JsonObject {
  return { anyOf: [{ $ref: `#/$defs/${shape}` }, { type: "null" }] };
}

/** Offers the known words and accepts others: they are no error where no run comes to them. */
function oneOfWords(words: readonly string[], otherTypes: readonly string[] = []): JsonObject {
  return { anyOf: [{ enum: words }, { type: ["string", ...otherTypes, "null"] }] };
}

const MEMBERS: Readonly<Record<"boolean" | "json" | "dataType", Json>> = {
  boolean: { type: ["boolean", "null"] },
  json: true,
  dataType: oneOfWords(DATA_TYPES),
};
