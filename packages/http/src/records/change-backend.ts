import type { Backend, BackendRecord, Json } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { isAt, nameOf } from "./backend-body.ts";
import { forgetMember } from "./group-members.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

export interface BackendSettings {
  readonly name: string;
  readonly baseUrl: string;
  readonly type: string;
  readonly prune?: boolean;
}

export async function createBackend(surface: Surface, settings: BackendSettings): Promise<Row<Backend>> {
  const { backends } = recordBookOf(surface);
  await refuseTaken(surface, settings);
  const backend = surface.runtime.openBackend({ ...settings, id: surface.ids() });
  return backends.create(backend, addressesOf(settings, backend));
}

/** What a client cannot say of a backend, such as its key, stays what it was. */
export async function updateBackend(
  surface: Surface,
  row: Row<Backend>,
  settings: BackendSettings,
): Promise<Row<Backend>> {
  const { backends } = recordBookOf(surface);
  backends.refuseCode(row);
  await refuseTaken(surface, settings, row.id);
  const before = await backendRecord(surface, row.key);
  const backend = surface.runtime.openBackend({ ...before, ...settings, id: row.key });
  return backends.update(row, backend, addressesOf(settings, backend));
}

export async function removeBackend(surface: Surface, row: Row<Backend>): Promise<void> {
  await recordBookOf(surface).backends.remove(row);
  await forgetMember(surface, "backends", row.key);
}

function addressesOf({ baseUrl }: BackendSettings, backend: Backend) {
  return { baseUrl, ...(backend.baseUrl !== undefined && { openedUrl: backend.baseUrl }) };
}

/** What is kept of a backend. */
export async function backendRecord(surface: Surface, id: string): Promise<Partial<BackendRecord>> {
  const record: Json | undefined = await surface.runtime.records.get("backend", id);
  // Safe: only backends' records are kept under this kind, and their type looks at each part.
  return typeof record === "object" && record !== null ? (record as Partial<BackendRecord>) : {};
}

async function refuseTaken(surface: Surface, settings: BackendSettings, exceptId?: string): Promise<void> {
  const { backends } = recordBookOf(surface);
  const others = (await backends.list()).filter(({ id }) => id !== exceptId);
  if (others.some((other) => nameOf(other) === settings.name)) throw backends.taken(settings.name);
  // Its type says what address is meant.
  const meant = surface.runtime.openBackend({ ...settings, id: settings.name });
  const isThere = others.some((other) => isAt(other, meant));
  // The address may have a password in it.
  if (isThere) throw new HttpError(409, "already exists: there is a backend of this baseUrl", { param: "baseUrl" });
}
