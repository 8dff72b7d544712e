import { type SchemaDraft, Validator } from "@cfworker/json-schema";
import { messageOf } from "../../errors/message-of.ts";
import type { Json, JsonObject } from "../json.ts";
import { readFaults } from "./read-faults.ts";
import type { SchemaProblem } from "./schema-problem.ts";

/** Says where a value is not as a schema wants it; nothing where it is. Total. */
export type SchemaCheck = (value: Json) => readonly SchemaProblem[];

const checks = new WeakMap<JsonObject, SchemaCheck>();

/** The check of a JSON Schema. Made when it is first used, and once for each schema object, which must not change. */
export function schemaCheck(schema: JsonObject): SchemaCheck {
  let check = checks.get(schema);
  if (check === undefined) {
    check = makeCheck(schema);
    checks.set(schema, check);
  }
  return check;
}

function makeCheck(schema: JsonObject): SchemaCheck {
  let validator: Validator | undefined;
  return (value) => {
    try {
      // A copy, because the library writes into it; schemas of chains are frozen.
      validator ??= new Validator(structuredClone(schema), draftOf(schema), false);
      const { valid, errors } = validator.validate(value);
      return valid ? [] : readFaults(errors, value);
    } catch (error) {
      // Only schemas that `checkSchema` refuses come here, and values nested too deep for a schema that calls itself.
      return [{ path: "$", message: `the schema cannot be applied: ${messageOf(error)}` }];
    }
  };
}

function draftOf({ $schema }: JsonObject): SchemaDraft {
  if (typeof $schema !== "string") return "2020-12";
  if ($schema.includes("draft-04")) return "4";
  if ($schema.includes("draft-06") || $schema.includes("draft-07")) return "7";
  return $schema.includes("2019-09") ? "2019-09" : "2020-12";
}
