import { CatenaryError, suggest } from "@catenary/core";
import type { z } from "zod";

/**
 * Refuses options of other names and kinds. Of what came only the kind is told: it may be a key.
 *
 * @param schema Strict; the error of each option says what is expected.
 * @throws CatenaryError `http_options_invalid`
 */
export function readOptions(of: string, schema: z.ZodObject, given: unknown): void {
  const [issue] = schema.safeParse(given).error?.issues ?? [];
  if (issue === undefined) return;
  const told =
    issue.code === "unrecognized_keys"
      ? `has no option ${unknownOption(issue.keys[0] ?? "", Object.keys(schema.shape))}`
      : `expects ${nameOf(issue.path)}${issue.message}; got ${kindOf(valueAt(given, issue.path))}`;
  throw new CatenaryError("http_options_invalid", `${of} ${told}`);
}

function unknownOption(name: string, known: readonly string[]): string {
  const meant = suggest(name, known);
  return `\`${name}\`${meant === undefined ? `; there is ${known.join(", ")}` : `. Did you mean ${meant}?`}`;
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
  if (value === null || value === undefined) return String(value);
  if (typeof value === "number") return String(value);
  if (value === "") return "an empty text";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}
