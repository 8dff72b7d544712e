import { dereference } from "@cfworker/json-schema";
import { messageOf } from "../../errors/message-of.ts";
import { isJsonObject, type JsonObject } from "../json.ts";
import { pathOfPointer } from "./path-of-pointer.ts";
import type { SchemaProblem } from "./schema-problem.ts";

/** References that lead nowhere or for ever in a circle. Nothing is ever fetched, so a reference to another document leads nowhere. */
export function checkReferences(schema: JsonObject): readonly SchemaProblem[] {
  let schemas: ReadonlyMap<string, unknown>;
  try {
    // A copy, because the library writes into it.
    schemas = new Map(Object.entries(dereference(structuredClone(schema))));
  } catch (error) {
    return [{ path: "$", message: `expected ids and references that are addresses, and got ${messageOf(error)}` }];
  }
  const nodes = [...new Set([...schemas.values()].filter(isJsonObject))];
  const lost = nodes.flatMap((node) => checkReference(node, schemas));
  return lost.length > 0 ? lost : findCircle(nodes, schemas);
}

function checkReference(node: JsonObject, schemas: ReadonlyMap<string, unknown>): readonly SchemaProblem[] {
  const path = pathOfPointer(String(Reflect.get(node, "__absolute_uri__") ?? "").split("#")[1] ?? "");
  if (node.$dynamicRef !== undefined || node.$recursiveRef !== undefined)
    return [{ path, message: "expected `$ref`: references that depend on where a value stands are not understood" }];
  if (typeof node.$ref !== "string" || schemas.has(targetOf(node) ?? "")) return [];
  const message = `expected a reference into this schema, such as #/$defs/name, and got \`${node.$ref}\`, which is not in it; other documents are never fetched`;
  return [{ path: `${path}.$ref`, message }];
}

function targetOf(node: JsonObject): string | undefined {
  const target: unknown = Reflect.get(node, "__absolute_ref__");
  return typeof target === "string" ? target : undefined;
}

/** A schema that is applied to the same value again and again would never be done. */
function findCircle(nodes: readonly JsonObject[], schemas: ReadonlyMap<string, unknown>): readonly SchemaProblem[] {
  const left = new Map(nodes.map((node) => [node, new Set<JsonObject>()]));
  for (const node of nodes) for (const next of appliedWith(node, schemas)) left.get(node)?.add(next);
  // What leads on to nothing is no circle, and what leads only to that is none either.
  for (let before = -1; before !== left.size; ) {
    before = left.size;
    for (const [node, nexts] of left) {
      for (const next of nexts) if (!left.has(next)) nexts.delete(next);
      if (nexts.size === 0) left.delete(node);
    }
  }
  if (left.size === 0) return [];
  return [{ path: "$", message: "expected references that come to an end, and got one that leads back to itself" }];
}

/** The schemas that are applied to the same value as this one. */
function appliedWith(node: JsonObject, schemas: ReadonlyMap<string, unknown>): readonly JsonObject[] {
  const lists = [node.allOf, node.anyOf, node.oneOf].flatMap((list) => (Array.isArray(list) ? list : []));
  const maps = isJsonObject(node.dependentSchemas) ? Object.values(node.dependentSchemas) : [];
  const target = schemas.get(targetOf(node) ?? "");
  return [...lists, ...maps, node.not, node.if, node.then, node.else, target].filter(isJsonObject);
}
