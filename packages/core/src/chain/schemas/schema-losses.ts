import { isJsonObject, type Json } from "../../value/json.ts";
import { canonicalJson } from "../canonical-json.ts";
import { partsOf } from "./parts-of.ts";

/** Something that a library's schema does and its JSON Schema does not say, so that nobody would do it. */
export interface SchemaLoss {
  /** Where in the JSON Schema: `$.properties.age`. */
  readonly path: string;
  /** What it is, in words that go on "and this one". */
  readonly what: string;
}

/** A conversion as the two sides of it show it: what goes in is not what comes out. Only what a library adds to every output, that there is no further property, is no difference. */
export function conversionIn(input: Json, output: Json, path = "$"): SchemaLoss | undefined {
  if (written(input) === written(output)) return undefined;
  if (isJsonObject(input) && isJsonObject(output)) {
    for (const [at, part] of partsOf(input, path)) {
      const other = partsOf(output, path).find(([place]) => place === at)?.[1];
      const loss = other === undefined ? undefined : conversionIn(part, other, at);
      if (loss !== undefined) return loss;
    }
  }
  return { path, what: "has a default or a conversion: what it takes is not what it gives" };
}

/** A default as the schema itself tells it. */
export function defaultIn(schema: Json, path = "$"): SchemaLoss | undefined {
  if (!isJsonObject(schema)) return undefined;
  if (Object.hasOwn(schema, "default")) return { path, what: DEFAULT };
  for (const [at, part] of partsOf(schema, path)) {
    const loss = defaultIn(part, at);
    if (loss !== undefined) return loss;
  }
  return undefined;
}

export const DEFAULT = "has a default";

/** The text of a schema without what libraries write on one side only and mean on both. */
function written(schema: Json): string {
  return canonicalJson(bare(schema));
}

function bare(json: Json): Json {
  if (Array.isArray(json)) return json.map(bare);
  if (!isJsonObject(json)) return json;
  const members = Object.entries(json).flatMap(([key, value]): [string, Json][] => {
    if (key === "$schema" || (key === "additionalProperties" && value === false)) return [];
    if (key === "required" && Array.isArray(value)) return value.length === 0 ? [] : [[key, value.toSorted()]];
    return [[key, bare(value)]];
  });
  return Object.fromEntries(members);
}
