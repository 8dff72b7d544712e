import { z } from "zod";
import { readOptions } from "../read-options.ts";
import type { ServeHttpOptions } from "./serve-http.ts";

const PORT = "a whole number between 0 and 65535";
const COUNT = "a whole number above 0";
const DURATION = "a number of milliseconds, 0 or above";

const OPTIONS = z.object({
  port: z.int({ error: PORT }).min(0, { error: PORT }).max(65_535, { error: PORT }).optional(),
  host: z.string({ error: "an address" }).min(1, { error: "an address" }).optional(),
  insecure: z.boolean({ error: "true or false" }).optional(),
  maxConnections: z.int({ error: COUNT }).positive({ error: COUNT }).optional(),
  graceMs: z.number({ error: DURATION }).nonnegative({ error: DURATION }).optional(),
} satisfies Readonly<Record<keyof ServeHttpOptions, z.ZodType>>);

/** A port that is none would open a pipe of that name, and a host that is none would listen everywhere. */
export function checkServeOptions(options: ServeHttpOptions): void {
  readOptions("serveHttp()", OPTIONS, options);
}
