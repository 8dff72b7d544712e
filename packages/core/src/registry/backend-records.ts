import { RegistryError } from "../errors/registry-error.ts";
import type { Backend } from "../model/backend.ts";
import type { BackendSettings, BackendSurroundings, BackendType } from "../model/backend-type.ts";
import type { RecordStore } from "../store/record-store.ts";
import type { Fetch } from "../surroundings/fetch.ts";
import { publicOnly } from "../surroundings/public-only.ts";
import { describeKind } from "../value/describe-kind.ts";
import { isJsonObject, type Json } from "../value/json.ts";
import { suggest } from "../value/suggest.ts";
import type { RegistryRecords } from "./registry-records.ts";

/** A backend as data: its type, and what that type needs to open it. */
export interface BackendRecord extends BackendSettings {
  readonly type: string;
}

/** Backends are kept as the records from which they were opened; one that was made by code cannot be kept. */
export interface BackendRecords extends RegistryRecords<Backend> {
  /** Builds a backend from a record. Throws `not_found` where nobody gave the runtime such a type. */
  open(record: BackendRecord): Backend;
}

export function backendRecords(
  store: RecordStore,
  types: readonly BackendType[],
  fetch: Fetch | undefined,
): BackendRecords {
  const recordOf = new WeakMap<Backend, BackendRecord>();
  const open = (record: BackendRecord): Backend => {
    if (!isJsonObject(record)) throw noRecord(record);
    const { type: name, addresses, ...settings } = record;
    const type = types.find((known) => known.type === name);
    if (type === undefined) throw unknownType(name, types);
    const backend = type.open(
      settings,
      addresses === "public" ? heldToPublic(fetch) : { ...(fetch !== undefined && { fetch }) },
    );
    recordOf.set(backend, record);
    return backend;
  };
  return {
    store,
    kind: "backend",
    open,
    // Safe: a record's fields are texts, flags, and objects of texts and of numbers.
    encode: (backend) => recordOf.get(backend) as unknown as Json | undefined,
    decode: (record) =>
      isBackendRecord(record) && types.some(({ type }) => type === record.type) ? open(record) : undefined,
  };
}

function heldToPublic(fetch: Fetch | undefined): BackendSurroundings {
  return { addresses: "public", ...(fetch !== undefined && { fetch: publicOnly(fetch) }) };
}

function isBackendRecord(record: unknown): record is BackendRecord {
  return isJsonObject(record) && typeof record.id === "string" && typeof record.type === "string";
}

function noRecord(given: unknown): RegistryError {
  return new RegistryError("invalid_entry", `a backend is opened from { type, id, … }; got ${describeKind(given)}`, {
    noun: "backend",
    id: "",
  });
}

function unknownType(name: unknown, types: readonly BackendType[]): RegistryError {
  const names = types.map(({ type }) => type);
  const known = names.length === 0 ? "none was given" : `there are: ${names.join(", ")}`;
  const isText = typeof name === "string";
  const meant = isText ? suggest(name, names) : undefined;
  return new RegistryError(
    "not_found",
    `there is no backend type ${isText ? JSON.stringify(name) : describeKind(name)}; ${known}${meant === undefined ? "" : `. Did you mean ${meant}?`}${meant === undefined ? ". " : " "}Give types with createRuntime({ backendTypes: [ollamaType] })`,
    { noun: "backend type", id: String(name) },
  );
}
