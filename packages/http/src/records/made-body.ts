import { z } from "zod";
import { toRfc3339 } from "./rfc3339.ts";
import type { Row } from "./rows.ts";

/** What every record's body ends with. */
export const madeFields = {
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Only on what cannot be changed here. */
  origin: z.literal("code").optional(),
};

export function madeBody({ sheet, origin }: Pick<Row<unknown>, "sheet" | "origin">) {
  return {
    createdAt: toRfc3339(sheet.createdAt),
    updatedAt: toRfc3339(sheet.updatedAt),
    ...(origin === "code" && { origin: "code" as const }),
  };
}
