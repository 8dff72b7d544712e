import type { AffinityGroup } from "@catenary/core";
import { z } from "zod";
import { madeBody, madeFields } from "./made-body.ts";
import type { Row } from "./rows.ts";

export const groupBodySchema = z.object({
  id: z.string(),
  name: z.string(),
  purposeType: z.string(),
  ...madeFields,
});

export function groupBody(row: Row<AffinityGroup>): z.infer<typeof groupBodySchema> {
  const { name = row.id, purpose = "" } = row.value;
  return { id: row.id, name, purposeType: purpose, ...madeBody(row) };
}
