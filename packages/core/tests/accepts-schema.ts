import { isJsonObject, type Json, type JsonObject } from "../src/value/json.ts";

/** Whether a JSON Schema accepts a value, for the words that the schema of chains uses. Any other word is refused, so that none is passed over. */
export function acceptsSchema(root: JsonObject, value: Json): boolean {
  return accepts(root, root, value);
}

const SAYS_NOTHING = new Set(["$schema", "$id", "$defs", "title", "description", "deprecated", "examples"]);

function accepts(schema: Json | undefined, root: JsonObject, value: Json): boolean {
  if (typeof schema === "boolean") return schema;
  if (!isJsonObject(schema)) throw new Error(`no schema: ${JSON.stringify(schema)}`);
  return Object.entries(schema).every(
    ([word, said]) => SAYS_NOTHING.has(word) || rule(word, said, schema, root, value),
  );
}

function rule(word: string, said: Json, schema: JsonObject, root: JsonObject, value: Json): boolean {
  switch (word) {
    case "$ref":
      return accepts(lookUp(root, String(said)), root, value);
    case "type":
      return [said].flat().some((type) => isOfType(value, type));
    case "enum":
      return list(said).includes(value);
    case "anyOf":
      return list(said).some((option) => accepts(option, root, value));
    case "minimum":
      return typeof value !== "number" || value >= Number(said);
    case "maximum":
      return typeof value !== "number" || value <= Number(said);
    case "minItems":
      return !Array.isArray(value) || value.length >= Number(said);
    case "items":
      return !Array.isArray(value) || value.every((item: Json) => accepts(said, root, item));
    case "properties":
      return members(value).every(([name, member]) => !has(said, name) || accepts(said[name], root, member));
    case "additionalProperties":
      return members(value).every(([name, member]) => has(schema.properties, name) || accepts(said, root, member));
    default:
      throw new Error(`the word ${word} is not understood`);
  }
}

function lookUp(root: JsonObject, reference: string): Json | undefined {
  const names = reference.replace(/^#\//, "").split("/");
  return names.reduce<Json | undefined>((at, name) => (isJsonObject(at) ? at[name] : undefined), root);
}

function isOfType(value: Json, type: Json): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isJsonObject(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

function list(said: Json): readonly Json[] {
  return Array.isArray(said) ? said : [];
}

function members(value: Json): readonly (readonly [string, Json])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

function has(said: Json | undefined, name: string): said is JsonObject {
  return isJsonObject(said) && Object.hasOwn(said, name);
}
