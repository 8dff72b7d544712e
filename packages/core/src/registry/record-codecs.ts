import type { Chain } from "../chain/chain.ts";
import { parseChain } from "../chain/parse-chain.ts";
import type { RecordStore } from "../store/record-store.ts";
import { checkJson } from "../value/check-json.ts";
import type { Json } from "../value/json.ts";
import type { RegistryRecords } from "./registry-records.ts";

/** Chains are kept as their JSON. One that can no longer be read stays in the store and is not registered. */
export function chainRecords(store: RecordStore): RegistryRecords<Chain> {
  return { store, kind: "chain", encode: (chain) => chain.toJSON(), decode: (record) => parseChain(record).chain };
}

/** For nouns that are plain data anyway. */
export function plainRecords<T extends object>(store: RecordStore, kind: string): RegistryRecords<T> {
  return {
    store,
    kind,
    encode: toJson,
    // Safe: what is not like a T is refused by the registry's check.
    decode: (record) => record as unknown as T,
  };
}

function toJson(value: unknown): Json | undefined {
  try {
    return checkJson(value, "$");
  } catch {
    return undefined;
  }
}
