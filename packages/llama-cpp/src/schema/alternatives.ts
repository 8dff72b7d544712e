import type { JsonObject } from "@catenary/core";
import { isSchemaObject } from "./is-schema-object.ts";
import { mergeSchemas } from "./merge-schemas.ts";
import { resolveRef } from "./resolve-ref.ts";

/**
 * The ways to satisfy a schema, each as a schema of its own without references, parts and choices: what stands beside those is
 * asked for in each way. None where nothing satisfies it.
 *
 * @param path Where the schema stands, for errors.
 * @param seen References that led here: one that leads back to itself offers nothing new.
 * @throws SchemaError where a reference leads nowhere.
 */
export function alternativesOf(
  part: JsonObject,
  root: unknown,
  path: string,
  seen: readonly unknown[] = [],
): readonly JsonObject[] {
  const { $ref, allOf, anyOf, oneOf, $defs, definitions, ...own } = part;
  if ($ref !== undefined && seen.includes($ref)) return [];
  const inside = $ref === undefined ? seen : [...seen, $ref];
  const waysOf = (choice: unknown): readonly JsonObject[] => {
    if (isSchemaObject(choice)) return alternativesOf(choice, root, path, inside);
    return choice === false ? [] : [{}];
  };
  const asked: readonly unknown[][] = [
    ...($ref === undefined ? [] : [[resolveRef(root, $ref, path)]]),
    ...(Array.isArray(allOf) ? allOf.map((one) => [one]) : []),
    ...[anyOf, oneOf].filter((choices) => Array.isArray(choices)),
  ];
  return asked.reduce<readonly JsonObject[]>(
    (before, choices) => {
      const ways = choices.flatMap(waysOf);
      return before.flatMap((one) => ways.map((other) => mergeSchemas(one, other)));
    },
    [own],
  );
}
