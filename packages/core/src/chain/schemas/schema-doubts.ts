import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { SCHEMA_KEYWORDS } from "../../value/schema/schema-keywords.ts";
import { suggest } from "../../value/suggest.ts";
import { memberPath } from "../json-path.ts";
import { partsOf } from "./parts-of.ts";

/** Something in a JSON Schema that is allowed and hardly meant. */
export interface SchemaDoubt {
  readonly code: "unknown_keyword" | "impossible_schema";
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** Keywords that are nearly others, and parts that no value satisfies, in a schema that can be used. `path` is where it stands. */
export function schemaDoubts(schema: Json, path: string): readonly SchemaDoubt[] {
  if (!isJsonObject(schema)) return [];
  return [
    ...misspelt(schema, path),
    ...impossible(schema).map((message): SchemaDoubt => ({ code: "impossible_schema", path, message })),
    ...partsOf(schema, path).flatMap(([at, part]) => schemaDoubts(part, at)),
  ];
}

/** Words that say something to people or to other tools. */
const NOTES = [
  "$comment",
  "$dynamicAnchor",
  "$dynamicRef",
  "$vocabulary",
  "const",
  "contentEncoding",
  "contentMediaType",
  "contentSchema",
  "default",
  "deprecated",
  "description",
  "discriminator",
  "example",
  "examples",
  "id",
  "nullable",
  "readOnly",
  "title",
  "writeOnly",
];

const KNOWN = new Set([...SCHEMA_KEYWORDS.keys(), ...NOTES]);

/** Any other word may stand in a schema and means nothing; it is only reported where it is nearly one that does. */
function misspelt(schema: JsonObject, path: string): readonly SchemaDoubt[] {
  return Object.keys(schema).flatMap((keyword): readonly SchemaDoubt[] => {
    const suggestion = KNOWN.has(keyword) || keyword.startsWith("x-") ? undefined : suggest(keyword, [...KNOWN]);
    if (suggestion === undefined) return [];
    const message = `expected a keyword of JSON Schema, got \`${keyword}\`, which means nothing`;
    return [{ code: "unknown_keyword", path: memberPath(path, keyword), message, suggestion }];
  });
}

const BOUNDS = [
  ["minimum", "maximum"],
  ["minLength", "maxLength"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
  ["minContains", "maxContains"],
] as const;

function impossible(schema: JsonObject): readonly string[] {
  const crossed = BOUNDS.flatMap(([least, most]) => {
    const [low, high] = [schema[least], schema[most]];
    if (typeof low !== "number" || typeof high !== "number" || low <= high) return [];
    return [`expected \`${least}\` to be at most \`${most}\`, got ${low} and ${high}, which no value satisfies`];
  });
  const { enum: words } = schema;
  const nothing = Array.isArray(words) && words.length === 0 ? ["expected a value in `enum`, got none"] : [];
  return [...crossed, ...nothing, ...missing(schema)];
}

/** Properties that have to be there and may not. */
function missing({ properties, required, additionalProperties, patternProperties }: JsonObject): readonly string[] {
  if (additionalProperties !== false || patternProperties !== undefined || !Array.isArray(required)) return [];
  const known = isJsonObject(properties) ? properties : {};
  return required.flatMap((name: Json) => {
    if (typeof name !== "string" || Object.hasOwn(known, name)) return [];
    return [
      `expected \`${name}\`, which is required, among the \`properties\`, because it allows no others: no object satisfies it`,
    ];
  });
}
