/**
 * Whether OpenAI takes this JSON Schema in its strict mode: there every object forbids further properties and requires all it has,
 * and alternatives are only written with `anyOf`. A schema that is anything else is refused, so it is sent without `strict`.
 */
export function isStrictSchema(schema: unknown): boolean {
  if (!isRecord(schema)) return false;
  if (UNSUPPORTED.some((keyword) => keyword in schema)) return false;
  const { properties, required, additionalProperties } = schema;
  if (schema.type === "object" || properties !== undefined) {
    if (additionalProperties !== false || !isRecord(properties) || !Array.isArray(required)) return false;
    if (!Object.keys(properties).every((name) => required.includes(name))) return false;
  }
  return schemasIn(schema).every(isStrictSchema);
}

const UNSUPPORTED = ["oneOf", "allOf", "not", "if", "dependentRequired", "dependentSchemas", "patternProperties"];

function schemasIn({ properties, items, prefixItems, anyOf, $defs, definitions }: Record<string, unknown>): unknown[] {
  const named = [properties, $defs, definitions].filter(isRecord).flatMap((schemas) => Object.values(schemas));
  const listed = [anyOf, prefixItems, items].flatMap((schemas) => schemas ?? []);
  return [...named, ...listed];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
