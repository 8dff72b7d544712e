import type { Json } from "@catenary/core";

/** A JSON Schema of any draft, as far as it is read here. */
export type JsonSchema = { readonly [keyword: string]: unknown };

export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A schema as an object; `true` and whatever is no schema become the one that allows everything. */
export function toSchema(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}

export function schemasIn(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.map(toSchema) : [];
}

export function numberIn(schema: JsonSchema, keyword: string): number | undefined {
  const value = schema[keyword];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function stringIn(schema: JsonSchema, keyword: string): string | undefined {
  const value = schema[keyword];
  return typeof value === "string" ? value : undefined;
}

/** The types that a schema allows, judged by its other keywords where it names none. */
export function typesOf(schema: JsonSchema): readonly string[] {
  const { type } = schema;
  if (typeof type === "string") return schema.nullable === true ? [type, "null"] : [type];
  if (Array.isArray(type)) return type.filter((one) => typeof one === "string");
  if ("properties" in schema || "required" in schema || "additionalProperties" in schema) return ["object"];
  if ("items" in schema || "prefixItems" in schema || "minItems" in schema) return ["array"];
  if (NUMBER_KEYWORDS.some((keyword) => keyword in schema)) return ["number"];
  return ["string"];
}

const NUMBER_KEYWORDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];

/** A schema with its `$ref` followed and its `allOf` merged into it. */
export function flatten(schema: JsonSchema, root: JsonSchema, hops = 0): JsonSchema {
  if (hops > 20) return schema;
  const { $ref, allOf, ...rest } = schema;
  let flat: JsonSchema = rest;
  if (typeof $ref === "string") flat = merge(flatten(resolve($ref, root), root, hops + 1), flat);
  for (const part of schemasIn(allOf)) flat = merge(flat, flatten(part, root, hops + 1));
  return flat;
}

/** What both schemas say; where they bound the same, the tighter bound. */
export function merge(a: JsonSchema, b: JsonSchema): JsonSchema {
  const merged: Record<string, unknown> = { ...a, ...b };
  if (isObject(a.properties) && isObject(b.properties)) merged.properties = { ...a.properties, ...b.properties };
  if (Array.isArray(a.required) && Array.isArray(b.required)) {
    merged.required = [...new Set([...a.required, ...b.required])];
  }
  if (Array.isArray(a.enum) && Array.isArray(b.enum)) {
    const allowed = new Set(b.enum.map((value) => JSON.stringify(value)));
    merged.enum = a.enum.filter((value) => allowed.has(JSON.stringify(value)));
  }
  for (const [keywords, tighter] of [
    [["minimum", "exclusiveMinimum", "minLength", "minItems"], Math.max],
    [["maximum", "exclusiveMaximum", "maxLength", "maxItems"], Math.min],
  ] as const) {
    for (const keyword of keywords) {
      const [inA, inB] = [numberIn(a, keyword), numberIn(b, keyword)];
      if (inA !== undefined && inB !== undefined) merged[keyword] = tighter(inA, inB);
    }
  }
  return merged;
}

function resolve(reference: string, root: JsonSchema): JsonSchema {
  if (!reference.startsWith("#")) return {};
  let found: unknown = root;
  for (const step of reference.slice(1).split("/").slice(1)) {
    const key = unescapePointer(step);
    found = isObject(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  }
  return toSchema(found);
}

function unescapePointer(step: string): string {
  const unescaped = step.replaceAll("~1", "/").replaceAll("~0", "~");
  try {
    return decodeURIComponent(unescaped);
  } catch {
    return unescaped;
  }
}

/** A value out of a schema (`const`, `enum`, `default`) as JSON; null where it is none. */
export function toJson(value: unknown): Json {
  const text = JSON.stringify(value);
  return text === undefined ? null : JSON.parse(text);
}
