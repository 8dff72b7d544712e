import type { ZodType } from "zod";
import { HttpError } from "../errors/http-error.ts";
import { statusOfBody } from "../errors/status-of.ts";
import type { Operation } from "../route.ts";
import { foldKeys } from "./fold-keys.ts";
import { problemOf } from "./problem-of.ts";

/** What a schema makes of a decoded body. Names the first field that is not what was expected, and never quotes what it holds. */
export function checkBody(schema: ZodType, decoded: unknown, operation: Operation): unknown {
  const folded = foldKeys(schema, decoded);
  const checked = schema.safeParse(folded);
  if (checked.success) return checked.data;
  const { field, text } = problemOf(checked.error.issues, folded);
  const place = field === "" ? "the body" : `the body's ${field}`;
  throw new HttpError(statusOfBody(operation), `${place} ${text}: /openapi.json says what a body may have`, {
    ...(field !== "" && { param: field }),
  });
}
