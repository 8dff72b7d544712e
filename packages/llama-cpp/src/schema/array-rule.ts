import type { JsonObject } from "@catenary/core";
import type { SchemaRules } from "./grammar-of.ts";
import { countOf, listOf } from "./object-rule.ts";
import { SchemaError } from "./schema-error.ts";

/** An array: the items that have a place of their own, then the others. */
export function arrayRule(part: JsonObject, path: string, made: SchemaRules): string {
  const { rules, skip } = made;
  const { minItems, maxItems } = part;
  if (typeof minItems === "number" && typeof maxItems === "number" && minItems > maxItems) {
    throw new SchemaError(path, `allows no array: it wants at least ${minItems} items and at most ${maxItems}`);
  }
  const [least, most] = [countOf(part, "minItems", path, skip), countOf(part, "maxItems", path, skip)];
  const { prefixItems, items: listed } = part;
  const placed = Array.isArray(prefixItems) ? prefixItems : Array.isArray(listed) ? listed : [];
  if (placed.length > 0) return tupleRule(placed, part, [least ?? 0, most ?? Number.POSITIVE_INFINITY], path, made);
  const item = made.attempt(listed ?? true, `${path}/items`);
  if (typeof item !== "string") {
    if (least !== undefined && least > 0) throw item;
    return rules.add('"[" ws "]"');
  }
  return rules.add(`"[" ws ${listOf(item, least, most, rules)} "]"`);
}

/** Those with a place, and no more of the others than there have to be. */
function tupleRule(
  placed: readonly unknown[],
  part: JsonObject,
  [least, most]: readonly [least: number, most: number],
  path: string,
  { rules, visit }: SchemaRules,
): string {
  const items = placed.slice(0, most).map((item, at) => visit(item, `${path}/prefixItems/${at}`));
  const others = Array.isArray(part.prefixItems) ? part.items : part.additionalItems;
  if (least > items.length) {
    const other = visit(others ?? true, `${path}/items`);
    items.push(...Array.from({ length: least - items.length }, () => other));
  }
  return rules.add(`"[" ws ${items.length === 0 ? '""' : items.join(' "," ws ')} "]"`);
}
