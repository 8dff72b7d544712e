import { memberPath } from "../json-path.ts";
import { DEFAULT, type SchemaLoss } from "./schema-losses.ts";

/**
 * The options by which a library tells, while it converts a schema, what it leaves out; undefined for libraries that refuse what they
 * cannot express, and for those of which nothing is known. With `refusals` it also says what it cannot express, instead of stopping at
 * the first; versions that know no such option pass it over in silence and have to be asked again without.
 */
export function lossOptions(
  vendor: string,
  losses: SchemaLoss[],
  refusals?: SchemaRefusal[],
): Readonly<Record<string, unknown>> | undefined {
  if (vendor === "zod") {
    const override = (visit: unknown) => losses.push(...zodLosses(visit));
    return { override, ...(refusals && { unrepresentable: (visit: unknown) => zodRefusal(visit, refusals) }) };
  }
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

/** A part that a library cannot express, and what it says of it. */
export interface SchemaRefusal {
  readonly path: string;
  readonly message: string;
}

function zodRefusal(visit: unknown, refusals: SchemaRefusal[]): "any" {
  // Safe: every part may be missing.
  const { path = [], message = "it cannot be expressed" } = (visit ?? {}) as {
    readonly path?: readonly (string | number)[];
    readonly message?: string;
  };
  refusals.push({ path: path.reduce(memberPath, "$"), message });
  return "any";
}

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
