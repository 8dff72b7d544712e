import type { ZodType } from "zod";
import { HttpError } from "../errors/http-error.ts";
import { statusOfBody } from "../errors/status-of.ts";
import type { Operation } from "../route.ts";
import { foldKeys } from "./fold-keys.ts";

/** What a schema makes of a decoded body. Names the first field that is not what was expected, and never quotes what it holds. */
export function checkBody(schema: ZodType, decoded: unknown, operation: Operation): unknown {
  const checked = schema.safeParse(foldKeys(schema, decoded));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const field = issue?.path.map(String).join(".") ?? "";
  const place = field === "" ? "the body" : `the body's ${field}`;
  throw new HttpError(
    statusOfBody(operation),
    `${place} is not what is expected: ${issue?.message ?? "it is something else"}`,
    {
      ...(field !== "" && { param: field }),
    },
  );
}
