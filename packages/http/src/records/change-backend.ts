import type { Backend, BackendRecord, Json } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { isAt, nameOf } from "./backend-body.ts";
import { forgetMember } from "./group-members.ts";
import { isSameOrigin } from "./is-same-origin.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

/** Of what somebody registered who is no operator. */
const PUBLIC = { addresses: "public" } as const;

export interface BackendSettings {
  readonly name: string;
  readonly baseUrl: string;
  readonly type: string;
  readonly prune?: boolean;
  readonly apiKey?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Only an operator may give a private address. */
export async function createBackend(
  surface: Surface,
  settings: BackendSettings,
  isOperator: boolean,
): Promise<Row<Backend>> {
  const { backends } = recordBookOf(surface);
  await refuseTaken(surface, settings);
  const backend = surface.runtime.openBackend({ ...settings, id: surface.ids(), ...(!isOperator && PUBLIC) });
  return backends.create(backend, addressesOf(settings, backend));
}

/** What a client cannot say of a backend stays what it was. Its key does not go with it to another server: it was given for that one. */
export async function updateBackend(
  surface: Surface,
  row: Row<Backend>,
  { settings, isOperator }: { readonly settings: BackendSettings; readonly isOperator: boolean },
): Promise<Row<Backend>> {
  const { backends } = recordBookOf(surface);
  backends.refuseCode(row);
  await refuseTaken(surface, settings, row.id);
  const { addresses, ...before } = await backendRecord(surface, row.key);
  const open = (held: typeof addresses) =>
    surface.runtime.openBackend({
      ...before,
      ...settings,
      id: row.key,
      ...(held !== undefined && { addresses: held }),
    });
  const given = open(undefined);
  const isElsewhere = !isSameOrigin(given.baseUrl, row.value.baseUrl);
  const isKept = (name: "apiKey" | "headers") => settings[name] === undefined && !isEmpty(before[name]);
  if (isElsewhere && (isKept("apiKey") || isKept("headers"))) throw keyElsewhere();
  // What an operator registered stays so while it leads to the same place.
  const held = given.baseUrl === row.value.baseUrl ? addresses : PUBLIC.addresses;
  const backend = isOperator || held === undefined ? given : open(held);
  return backends.update(row, backend, addressesOf(settings, backend));
}

function isEmpty(secret: BackendRecord["apiKey"] | BackendRecord["headers"]): boolean {
  return secret === undefined || Object.keys(secret).length === 0;
}

function keyElsewhere(): HttpError {
  return new HttpError(
    422,
    "invalid backend: it has a key or headers, which belong to the server that it is at: give apiKey and headers for the new one, empty where it needs none",
    { param: "apiKey" },
  );
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
