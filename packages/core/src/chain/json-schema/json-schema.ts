import type { JsonObject } from "../../value/json.ts";
import { COMMON_FIELDS, HANDLER_SPECS, type HandlerSpec } from "../handler-spec.ts";
import type { Field, ShapeName } from "../wire/field.ts";
import { FIELDS } from "../wire/fields.ts";
import { wireName } from "../wire/spelling.ts";
import { schemaOfSchemas } from "./json-schema-of-schemas.ts";
import { fieldHolds, hasKey, requireField, when } from "./json-schema-parts.ts";
import { handlerIs, startTaskSchema } from "./json-schema-start.ts";
import { oneOfWords, valueSchema } from "./json-schema-values.ts";

/** The name of this schema, not an address. Stays the same as long as the schema accepts all that it accepted before and had no error. */
const SCHEMA_ID = "urn:catenary:schema:chain:1";

/**
 * A JSON Schema (2020-12) of chains, for editors and other tools. It accepts every chain that `parseChain` finds no error in, and
 * refuses what no chain may have: wrong types of values, no tasks, tasks without a name, unknown types of data, schemas that are none;
 * and in the first task also unknown operators, strategies and failures, wrong durations, and a missing handler or what that needs. In
 * other tasks those are no error as long as no run comes to them, so there it only offers what is known. Fields that the
 * handler does not use are marked as deprecated, which editors show and validators pass over.
 *
 * What it accepts may still be wrong in ways that no schema can say, such as a target that is no task: `validateChain` says those.
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
    $defs: {
      ...Object.fromEntries(shapes.map((shape) => [shape, shapeSchema(shape)])),
      startTask: startTaskSchema(),
      jsonSchema: schemaOfSchemas(),
    },
  };
}

function shapeSchema(shape: ShapeName): JsonObject {
  const fields: readonly Field[] = FIELDS[shape];
  const properties = fields.map((field) => [
    wireName(field.name),
    { description: field.doc, ...fieldSchema(shape, field) },
  ]);
  // Names of TypeScript are patterns, because editors offer all others.
  const camel = fields
    .filter(({ name }) => wireName(name) !== name)
    .map(({ name, doc }) => [`^${name}$`, { description: doc, deprecated: true }]);
  const rules = [...fields.flatMap((field) => camelRules(shape, field)), ...shapeRules(shape)];
  return {
    type: "object",
    properties: { ...(shape === "chain" && { $schema: FOR_EDITORS }), ...Object.fromEntries(properties) },
    ...(camel.length > 0 && { patternProperties: Object.fromEntries(camel) }),
    ...(rules.length > 0 && { allOf: rules }),
  };
}

const FOR_EDITORS = { description: "Where this schema is, for editors. It means nothing to the chain." };

/** The name of TypeScript gives the field only where the exact one is not there. */
function camelRules(shape: ShapeName, field: Field): readonly JsonObject[] {
  return fieldHolds(field.name, fieldSchema(shape, field)).slice(1);
}

function fieldSchema(shape: ShapeName, field: Field): JsonObject {
  const place = `${shape}.${field.name}`;
  if (place === "chain.tasks")
    return {
      type: "array",
      minItems: 1,
      prefixItems: [{ $ref: "#/$defs/startTask" }],
      items: { $ref: "#/$defs/task" },
    };
  if (place === "chain.output") return { anyOf: [{ type: "null" }, { $ref: "#/$defs/jsonSchema" }] };
  // An empty name and the reserved one are errors even where no run comes to the task.
  if (place === "task.id") return { type: "string", minLength: 1, pattern: "^(?!end$)" };
  if (place === "task.handler") return oneOfWords(HANDLER_SPECS.map(({ name }) => name));
  return valueSchema(field.value);
}

function shapeRules(shape: ShapeName): readonly JsonObject[] {
  if (shape === "chain") return [requireField("chain", "tasks")];
  return shape === "task" ? [requireField("task", "id"), ...unusedFieldRules()] : [];
}

/** Fields that the handler does not use are right and do nothing. */
function unusedFieldRules(): readonly JsonObject[] {
  const common: ReadonlySet<string> = new Set(COMMON_FIELDS);
  const special = FIELDS.task.filter(({ name }) => !common.has(name));
  const rules = special.map(({ name }) => {
    const without = HANDLER_SPECS.filter(({ fields }: HandlerSpec) => !fields.includes(name));
    return deprecate(handlerIs(...without.map((spec) => spec.name)), [name], "The handler does not use it.");
  });
  const shaped = { type: "object", allOf: [handlerIs("raw_string"), hasKey("output")] };
  return [...rules, deprecate(shaped, ["stream", "restart"], "A task with an `output` writes no text to stream.")];
}

function deprecate(condition: JsonObject, names: readonly string[], why: string): JsonObject {
  const keys = names.map((name) => [wireName(name), { description: why, deprecated: true }]);
  return when(condition, { properties: Object.fromEntries(keys) });
}
