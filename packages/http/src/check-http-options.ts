import { z } from "zod";
import type { HttpLimits, HttpOptions } from "./http-options.ts";
import { readOptions } from "./read-options.ts";
import { ROUTE_NOUNS } from "./route-noun.ts";

const MOUNT = 'a path such as "/ai", without a slash at its end';
const ORIGIN = 'an origin such as "https://app.example.com", without a path';
const text = z.string({ error: "a text" });
const own = (error: string, methods: readonly string[]) =>
  z.custom((value) => typeof value === "object" && value !== null && methods.every((name) => name in value), { error });
const callable = z.custom((value) => typeof value === "function", { error: "a function" });
const limit = z.int({ error: "a whole number above 0" }).positive({ error: "a whole number above 0" }).optional();

const OPTIONS = z.object({
  mount: z
    .string({ error: MOUNT })
    .regex(/^(?:(?:\/[\w.~-]+)+)?$/, { error: MOUNT })
    .optional(),
  keys: z.array(z.string({ error: "a text of printable ASCII" }), { error: "an array of texts" }).optional(),
  hosts: z
    .union([z.literal("any"), z.array(text)], { error: 'an array of names such as "api.example.com", or "any"' })
    .optional(),
  origins: z
    .array(z.string({ error: ORIGIN }).regex(/^[a-z][\w+.-]*:\/\/[^/]+$/i, { error: ORIGIN }), {
      error: "an array of origins",
    })
    .optional(),
  routes: z
    .array(z.enum(ROUTE_NOUNS, { error: `one of ${ROUTE_NOUNS.join(", ")}` }), { error: "an array of what is served" })
    .optional(),
  limits: z.custom().optional(),
  records: own("a record store", ["get", "list"]).optional(),
  version: text.optional(),
  tenancy: text.optional(),
  logger: own("a logger, with a method log", ["log"]).optional(),
  clock: own("a clock, with the methods now and setTimer", ["now", "setTimer"]).optional(),
  ids: callable.optional(),
} satisfies Readonly<Record<keyof HttpOptions, z.ZodType>>);

const LIMITS = z.object(
  {
    bodyBytes: limit,
    bodyTimeoutMs: limit,
    yamlBytes: limit,
    depth: limit,
    chainValues: limit,
    values: limit,
  } satisfies Readonly<Record<keyof HttpLimits, z.ZodType>>,
  { error: "an object of limits" },
);

/** Whoever gives options in JavaScript, or in a configuration that no compiler saw, is told what is wrong with them; nothing is guessed. */
export function checkHttpOptions(options: HttpOptions): void {
  readOptions("createHttpHandler()", OPTIONS, options);
  if (options.limits !== undefined) readOptions("limits of createHttpHandler()", LIMITS, options.limits);
}
