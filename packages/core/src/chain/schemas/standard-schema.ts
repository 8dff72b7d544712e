import { messageOf } from "../../errors/message-of.ts";
import type { Json } from "../../value/json.ts";
import type { Finding } from "../finding.ts";
import { takeJson } from "../wire/take-json.ts";
import { lossOptions, type SchemaRefusal } from "./library-losses.ts";
import { conversionIn, defaultIn, type SchemaLoss } from "./schema-losses.ts";

/**
 * A schema of a library that can say its JSON Schema, as the Standard JSON Schema specification has it: zod from 4.2 on, arktype
 * from 2.1.28 on, valibot in `toStandardJsonSchema` of `@valibot/to-json-schema`, and others. Chains are data, so its JSON Schema is
 * all that is used. What only code can tell (refinements, conversions, defaults) is refused where it can be seen.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema: {
      readonly input: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>;
      readonly output: (options: { readonly target: "draft-2020-12" }) => Record<string, unknown>;
    };
  };
}

/** The side of a schema that a value is on: before or after the conversions that the library would make. Catenary makes none. */
export type SchemaSide = "input" | "output";

type Convert = (options: {
  readonly target: string;
  readonly libraryOptions?: Readonly<Record<string, unknown>> | undefined;
}) => unknown;

/** Also true of schemas that are functions. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  if ((typeof value !== "object" || value === null) && typeof value !== "function") return false;
  const standard: unknown = Reflect.get(value, "~standard");
  return typeof standard === "object" && standard !== null && Reflect.get(standard, "version") === 1;
}

/**
 * A schema as JSON Schema; whatever else it is, it is left for the decoder to judge. Undefined, with findings, where it has none, and where
 * the library shows that it would do more than its JSON Schema says.
 */
export function toJsonSchema(value: unknown, side: SchemaSide, path: string, findings: Finding[]): unknown {
  if (!isStandardSchema(value)) return value;
  const { vendor } = value["~standard"];
  const refuse = (message: string, at = "$"): undefined => {
    findings.push({ severity: "error", code: "invalid_schema", path: path + at.slice(1), message });
    return undefined;
  };
  const convert = converterOf(value, side);
  if (convert === undefined) {
    const advice = HOW_TO_CONVERT.get(vendor) ?? "update the library, or write JSON Schema";
    return refuse(
      `expected a schema that can say what it is as JSON Schema, and this one of ${vendor} cannot: ${advice}`,
    );
  }
  const told: SchemaLoss[] = [];
  const refusals: SchemaRefusal[] = [];
  try {
    const options = { target: "draft-2020-12", libraryOptions: lossOptions(vendor, told, refusals) };
    const hidden = hiddenLosses(convert(options), sayOtherSide(value, OTHER_SIDE[side], told));
    const refused = new Map(refusals.map(({ path: at, message }) => [at, message]));
    for (const [at, message] of refused) refuse(cannotExpress(vendor, message), at);
    const losses = told.length > 0 || refused.size > 0 ? told.filter((loss) => !refused.has(loss.path)) : hidden;
    // A library comes to one place several times.
    const found = new Map(losses.map((loss) => [`${loss.path} ${loss.what}`, loss]));
    for (const loss of found.values()) refuse(wouldLose(vendor, loss), loss.path);
    // Asked again without questions, because a version may not know that of what it cannot express.
    return refused.size + found.size > 0 ? undefined : withoutDraft(convert({ target: "draft-2020-12" }));
  } catch (error) {
    return refuse(cannotExpress(vendor, messageOf(error)));
  }
}

function cannotExpress(vendor: string, says: string): string {
  return `expected a schema that JSON Schema can express, and ${vendor} says: ${says}`;
}

function wouldLose(vendor: string, { what }: SchemaLoss): string {
  return `expected a schema of which JSON Schema says all, and this one of ${vendor} ${what}, which would have no effect: ${ADVICE}`;
}

const HOW_TO_CONVERT: ReadonlyMap<string, string> = new Map([
  ["zod", "update to zod 4.2 or later, or write JSON Schema"],
  ["arktype", "update to arktype 2.1.28 or later, or write JSON Schema"],
  ["valibot", "wrap it in toStandardJsonSchema of @valibot/to-json-schema, or write JSON Schema"],
]);

const ADVICE = "remove it, and do that in a hook, in a custom handler or where the value is read";

const OTHER_SIDE = { input: "output", output: "input" } as const;

/** What the other side of a schema is, or why it cannot be said. Undefined where nobody can be asked. */
type OtherSide = { readonly schema: unknown } | { readonly refusal: string } | undefined;

/** Asked too, because a library only looks at what is on the side that it is asked for. */
function sayOtherSide(schema: StandardSchema, side: SchemaSide, told: SchemaLoss[]): OtherSide {
  const convert = converterOf(schema, side);
  if (convert === undefined) return undefined;
  const { vendor } = schema["~standard"];
  try {
    return { schema: convert({ target: "draft-2020-12", libraryOptions: lossOptions(vendor, told) }) };
  } catch (error) {
    return { refusal: messageOf(error) };
  }
}

/** What both sides of a schema show together, of libraries that do not tell themselves. The first is enough: others follow from it. */
function hiddenLosses(schema: unknown, other: OtherSide): readonly SchemaLoss[] {
  const { json } = takeJson(schema);
  if (json === undefined) return [];
  const loss = defaultIn(json) ?? (other && conversionBetween(json, other));
  return loss === undefined ? [] : [loss];
}

function conversionBetween(json: Json, other: NonNullable<OtherSide>): SchemaLoss | undefined {
  if ("refusal" in other) return { path: "$", what: `has a conversion (it says of its other side: ${other.refusal})` };
  const { json: otherJson } = takeJson(other.schema);
  return otherJson === undefined ? undefined : conversionIn(json, otherJson);
}

/** The draft that is meant where nothing is said; servers need not know the word. */
function withoutDraft(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$schema"));
}

function converterOf(schema: StandardSchema, side: SchemaSide): Convert | undefined {
  // Programs in JavaScript may give schemas of libraries that do not have it.
  const converters: unknown = Reflect.get(schema["~standard"], "jsonSchema");
  if (typeof converters !== "object" || converters === null) return undefined;
  const convert: unknown = Reflect.get(converters, side);
  // Safe: the specification says what it takes; what it gives is looked at.
  return typeof convert === "function" ? (convert.bind(converters) as Convert) : undefined;
}
