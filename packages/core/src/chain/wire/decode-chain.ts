import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import type { ChainDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { decodeValue } from "./decode-value.ts";
import { takeJson } from "./take-json.ts";

export interface DecodedChain {
  /** Absent where the value is no object at all. What could not be read is missing from it and reported. */
  readonly definition?: ChainDefinition;
  readonly findings: readonly Finding[];
}

/**
 * Reads a chain from JSON or from any plain object, in every spelling of its names. Total: it never throws.
 * Says only whether the values have the right types; whether they make sense together is for `validateChain` to say.
 * The definition is a frozen copy; the given value is left as it was.
 */
export function decodeChain(value: unknown): DecodedChain {
  const { json, findings: copyFindings } = takeJson(value);
  if (json === undefined && copyFindings.length > 0) return { findings: copyFindings };
  if (!isJsonObject(json)) return { findings: [noObject(json)] };
  if (isAround(json)) return { findings: [around()] };
  const findings = [...copyFindings];
  const decoded = decodeValue({ is: "shape", shape: "chain" }, json, "$", findings);
  // The table of fields is held equal to `ChainDefinition` by fields.test-d.ts; words that are not known are reported by the checks.
  return { definition: decoded as unknown as ChainDefinition, findings };
}

/** The body of a request to run a chain, and what `parseChain` gives, have the chain inside. */
function isAround({ tasks, chain }: JsonObject): boolean {
  return tasks === undefined && isJsonObject(chain) && chain.tasks !== undefined;
}

function around(): Finding {
  const message = "expected a chain, which has `tasks`, got an object with a chain in it: give its `chain`";
  return { severity: "error", code: "no_tasks", path: "$.tasks", message };
}

function noObject(json: Json | undefined): Finding {
  const came =
    json === undefined ? "nothing" : json === null ? "null" : Array.isArray(json) ? "an array" : `a ${typeof json}`;
  const advice = typeof json === "string" ? "; parse a text with JSON.parse first" : "";
  return {
    severity: "error",
    code: "not_an_object",
    path: "$",
    message: `expected a chain, which is an object with \`tasks\`, got ${came}${advice}`,
  };
}
