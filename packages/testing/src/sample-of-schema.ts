/**
 * A small value that a JSON Schema allows: the first of an `enum`, an empty-ish value of a type, every required property.
 * Understands what structured output uses (`type`, `enum`, `const`, `properties`, `required`, `items`, `anyOf`, `minItems`,
 * `minimum`); anything else is ignored.
 */
export function sampleOfSchema(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return null;
  // Every keyword is looked at before it is used.
  const given = schema as Readonly<Record<string, unknown>>;
  if ("const" in given) return given.const;
  if (Array.isArray(given.enum)) return given.enum[0];
  for (const name of ["anyOf", "oneOf"]) {
    const choices = given[name];
    if (Array.isArray(choices)) return sampleOfSchema(choices[0]);
  }
  const type = Array.isArray(given.type) ? given.type[0] : given.type;
  switch (type) {
    case "string":
      return "sample";
    case "number":
    case "integer":
      return typeof given.minimum === "number" ? given.minimum : 1;
    case "boolean":
      return true;
    case "array":
      return Array.from({ length: numberOr(given.minItems, 1) }, () => sampleOfSchema(given.items));
    case "null":
      return null;
    default:
      return sampleOfObject(given);
  }
}

function sampleOfObject({ properties, required }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof properties !== "object" || properties === null) return {};
  const wanted = Array.isArray(required) && required.length > 0 ? new Set<unknown>(required) : undefined;
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => wanted === undefined || wanted.has(name))
      .map(([name, schema]) => [name, sampleOfSchema(schema)]),
  );
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === "number" ? value : otherwise;
}
