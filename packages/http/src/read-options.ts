import { CatenaryError, describeKind, unknownName } from "@catenary/core";
import type { z } from "zod";

/**
 * Refuses options of other names and kinds. Of what came only the kind is told: it may be a key.
 *
 * @param schema The error of each option says what is expected.
 * @throws CatenaryError `http_options_invalid`
 */
export function readOptions(of: string, schema: z.ZodObject, given: unknown): void {
  const refuse = (told: string) => new CatenaryError("http_options_invalid", `${of} ${told}`);
  const unknown =
    typeof given === "object" && given !== null ? unknownName(given, Object.keys(schema.shape)) : undefined;
  if (unknown !== undefined) throw refuse(`has no option ${unknown.told}`);
  const [issue] = schema.safeParse(given).error?.issues ?? [];
  if (issue === undefined) return;
  throw refuse(`expects ${nameOf(issue.path)}${issue.message}; got ${kindOf(valueAt(given, issue.path))}`);
}

function nameOf(path: readonly PropertyKey[]): string {
  const name = path.map((part) => (typeof part === "number" ? `[${part}]` : String(part))).join("");
  return name === "" ? "" : `${name} to be `;
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, part) => (typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined),
    given,
  );
}

function kindOf(value: unknown): string {
  if (value === "") return "an empty text";
  return typeof value === "number" ? String(value) : describeKind(value);
}
