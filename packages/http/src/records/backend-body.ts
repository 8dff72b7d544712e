import type { Backend } from "@catenary/core";
import { z } from "zod";
import { madeBody, madeFields } from "./made-body.ts";
import type { Row } from "./rows.ts";

export const backendBodySchema = z.object({
  id: z.string(),
  name: z.string(),
  baseUrl: z.string(),
  type: z.string(),
  ...madeFields,
});

export type BackendBody = z.infer<typeof backendBodySchema>;

export function backendBody(row: Row<Backend>): BackendBody {
  return { id: row.id, name: nameOf(row), baseUrl: addressOf(row), type: row.value.type, ...madeBody(row) };
}

export function nameOf({ value }: Row<Backend>): string {
  return value.name ?? value.id;
}

/** As a client wrote it, as long as it is there; a name and a password in it are for the server behind it only. */
export function addressOf(row: Row<Backend>): string {
  const { baseUrl } = row.sheet;
  return baseUrl === undefined || isMoved(row) || baseUrl.includes("@") ? (row.value.baseUrl ?? "") : baseUrl;
}

/** Whether it is at this address, however that was written. */
export function isAt({ value }: Row<Backend>, { baseUrl }: Backend): boolean {
  return value.baseUrl !== undefined && baseUrl !== undefined && placeOf(value.baseUrl) === placeOf(baseUrl);
}

function placeOf(url: string): string {
  return URL.canParse(url) ? new URL(url).href.replace(/\/+$/, "") : url;
}

function isMoved({ value, sheet }: Row<Backend>): boolean {
  return sheet.openedUrl !== undefined && sheet.openedUrl !== value.baseUrl;
}
