import { memberPath } from "../json-path.ts";
import { DEFAULT, type SchemaLoss } from "./schema-losses.ts";

/**
 * The options by which a library tells, while it converts a schema, what it leaves out; undefined for libraries that refuse what they
 * cannot express, and for those of which nothing is known.
 */
export function lossOptions(vendor: string, losses: SchemaLoss[]): Readonly<Record<string, unknown>> | undefined {
  if (vendor === "zod") return { override: (visit: unknown) => losses.push(...zodLosses(visit)) };
  // Asked for everything that it cannot express; what it gives instead is what it would have given.
  if (vendor === "arktype") return { fallback: (found: unknown) => arktypeFallback(found, losses) };
  return undefined;
}

/** What is read of a schema of zod: its definition, which its documentation describes for authors of libraries. */
interface ZodVisit {
  readonly zodSchema?: { readonly _zod?: { readonly def?: ZodDefinition } };
  readonly path?: readonly (string | number)[];
}

interface ZodDefinition {
  readonly type?: string;
  readonly coerce?: boolean;
  readonly checks?: readonly { readonly _zod?: { readonly def?: { readonly check?: string } } }[];
  readonly in?: { readonly _zod?: { readonly def?: ZodDefinition } };
  readonly out?: { readonly _zod?: { readonly def?: ZodDefinition } };
}

const OF_TYPES: ReadonlyMap<string | undefined, string> = new Map([
  ["default", DEFAULT],
  ["prefault", DEFAULT],
  ["catch", "has a fallback (catch)"],
  ["transform", "has a conversion (transform)"],
]);

const OF_CHECKS: ReadonlyMap<string | undefined, string> = new Map([
  ["custom", "has a refinement (refine, superRefine or check)"],
  ["property", "has a refinement (property)"],
  ["overwrite", "has a conversion (trim, toLowerCase, overwrite and the like)"],
]);

function zodLosses(visit: unknown): readonly SchemaLoss[] {
  // Safe: every part may be missing, and what is not there says nothing.
  const { zodSchema, path: steps = [] } = (visit ?? {}) as ZodVisit;
  const definition = zodSchema?._zod?.def;
  if (definition === undefined) return [];
  const path = steps.reduce(memberPath, "$");
  const hasTransform = [definition.in, definition.out].some((side) => side?._zod?.def?.type === "transform");
  const found = [
    OF_TYPES.get(definition.type),
    hasTransform ? "has a conversion (transform or preprocess)" : undefined,
    definition.coerce === true ? "has a conversion (coerce)" : undefined,
    ...(definition.checks ?? []).map((check) => OF_CHECKS.get(check._zod?.def?.check)),
  ];
  return found.flatMap((what) => (what === undefined ? [] : [{ path, what }]));
}

function arktypeFallback(found: unknown, losses: SchemaLoss[]): unknown {
  // Safe: every part may be missing.
  const { code, base } = (found ?? {}) as { readonly code?: string; readonly base?: unknown };
  const what = code === "predicate" ? "has a refinement (narrow)" : `is or has what JSON Schema has not (${code})`;
  losses.push({ path: "$", what });
  return base;
}
