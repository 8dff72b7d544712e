import type { Json } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { backendRecord } from "./change-backend.ts";
import type { Sheet } from "./ledger.ts";
import { newestFirst } from "./page.ts";
import { recordBookOf } from "./record-book.ts";

export type ProviderType = "openai" | "gemini";

/** A key of a provider's, as it is kept. */
export interface Provider {
  readonly type: string;
  readonly apiKey: string;
  readonly sheet: Sheet;
  readonly createdAt: number;
}

const KIND = "provider";

/** What clients are told of where a provider is; its adapter knows it by itself. */
const ADDRESSES: Readonly<Record<ProviderType, string>> = {
  openai: "https://api.openai.com/v1",
  gemini: "https://generativelanguage.googleapis.com",
};

export async function findProvider(surface: Surface, type: string): Promise<Provider | undefined> {
  const { records, providers } = recordBookOf(surface);
  return toProvider(type, await records.get(KIND, type), await providers.get(type));
}

/** The newest first. */
export async function listProviders(surface: Surface): Promise<readonly Provider[]> {
  const { records, providers } = recordBookOf(surface);
  const kept = await records.list(KIND);
  const sheets = await providers.of(kept.map(({ id }) => id));
  return kept.flatMap(({ id, value }, index) => toProvider(id, value, sheets[index]) ?? []).sort(newestFirst);
}

/** Keeps a provider's key, and has a backend of the provider's name use it. */
export async function configureProvider(surface: Surface, type: ProviderType, apiKey: string): Promise<Sheet> {
  const { backends, providers, records } = recordBookOf(surface);
  const row = await backends.find(type);
  if (row !== undefined) backends.refuseCode(row);
  const before = await findProvider(surface, type);
  const kept = await backendRecord(surface, type);
  const backend = surface.runtime.openBackend({
    // One that was made another's was led to another server, for which this key is not.
    ...(kept.type === type && kept),
    id: type,
    name: type,
    type,
    apiKey,
  });
  const sheet = before === undefined ? await providers.begin(type) : await providers.touch(type, before.sheet);
  await records.put(KIND, type, { apiKey });
  if (row === undefined) await backends.create(backend, { baseUrl: ADDRESSES[type] });
  else await backends.update(row, backend, { baseUrl: ADDRESSES[type] });
  return sheet;
}

/** Forgets a provider's key. Its backend stays, without one. */
export async function removeProvider(surface: Surface, type: string): Promise<void> {
  const { backends, providers, records } = recordBookOf(surface);
  if ((await findProvider(surface, type)) === undefined) throw noProvider(type);
  const row = await backends.find(type);
  if (row?.origin === "record") {
    const { apiKey: _forgotten, ...settings } = await backendRecord(surface, type);
    await backends.update(row, surface.runtime.openBackend({ ...settings, id: type, type: row.value.type }));
  }
  await records.delete(KIND, type);
  await providers.remove(type);
}

export function noProvider(type: string): HttpError {
  return new HttpError(404, `not found: there is no key of a provider ${JSON.stringify(type.slice(0, 100))}`);
}

function toProvider(type: string, record: Json | undefined, sheet: Sheet | undefined): Provider | undefined {
  if (typeof record !== "object" || record === null || sheet === undefined) return undefined;
  const apiKey = "apiKey" in record ? record.apiKey : undefined;
  return typeof apiKey === "string" ? { type, apiKey, sheet, createdAt: sheet.createdAt } : undefined;
}
