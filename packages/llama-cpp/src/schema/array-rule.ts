import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { listOf } from "./object-rule.ts";
import { SchemaError } from "./schema-error.ts";

/** An array: the items that have a place of their own, then the others. */
export function arrayRule(part: JsonObject, path: string, made: SchemaRules): string {
  const { rules, visit } = made;
  const { minItems, maxItems } = part;
  if (typeof minItems === "number" && typeof maxItems === "number" && minItems > maxItems) {
    throw new SchemaError(path, `allows no array: it wants at least ${minItems} items and at most ${maxItems}`);
  }
  const placed = Array.isArray(part.prefixItems) ? part.prefixItems : Array.isArray(part.items) ? part.items : [];
  if (placed.length > 0) {
    const items = placed.map((item, at) => visit(item, `${path}/prefixItems/${at}`));
    return rules.add(`"[" ws ${items.join(' "," ws ')} "]"`);
  }
  const item = visit(part.items ?? true, `${path}/items`);
  return rules.add(`"[" ws ${listOf(item, minItems, maxItems, rules)} "]"`);
}
