import { z } from "zod";
import { fromRfc3339, toRfc3339 } from "./rfc3339.ts";
import type { Row } from "./rows.ts";

/** What every record's body ends with. */
export const madeFields = {
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Only on what cannot be changed here. */
  origin: z.literal("code").optional(),
};

const timeInput = z
  .string()
  .refine((text) => fromRfc3339(text) !== undefined, { error: "a time of RFC 3339 such as 2026-01-31T12:00:00Z" })
  .meta({ format: "date-time", description: "Ignored: the server knows." })
  .optional();

/** What every record's body may have when it is sent back as it was told. Clients of the original rely on it that nonsense is refused here too. */
export const madeInput = {
  id: z.string().optional(),
  createdAt: timeInput,
  updatedAt: timeInput,
};

/**
 * An input whose document says which fields are needed. The schema itself takes a body without them: what is missing is refused in the
 * original's order and words.
 */
export function needing<Fields extends z.ZodRawShape>(fields: Fields, required: readonly (string & keyof Fields)[]) {
  return z.object(fields).meta({ required: [...required] });
}

export function madeBody({ sheet, origin }: Pick<Row<unknown>, "sheet" | "origin">) {
  return {
    createdAt: toRfc3339(sheet.createdAt),
    updatedAt: toRfc3339(sheet.updatedAt),
    ...(origin === "code" && { origin: "code" as const }),
  };
}
