import type { Json } from "../value/json.ts";

/** A record as it is kept. */
export interface StoredRecord {
  readonly id: string;
  readonly value: Json;
}

/** One of several changes that are made at once. */
export type RecordChange =
  | { readonly act: "put"; readonly kind: string; readonly id: string; readonly value: Json }
  /** What is not there need not be. */
  | { readonly act: "delete"; readonly kind: string; readonly id: string };

/**
 * Keeps what was registered while the runtime ran, as JSON by kind and id. It knows none of the kinds. A method that
 * returns has kept its promise: what was put is there after a restart, where the store outlives the process.
 */
export interface RecordStore {
  /** All records of a kind, in the order in which they were first put. */
  list(kind: string): readonly StoredRecord[] | Promise<readonly StoredRecord[]>;
  get(kind: string, id: string): Json | undefined | Promise<Json | undefined>;
  /** Adds or replaces. */
  put(kind: string, id: string, value: Json): void | Promise<void>;
  /** Whether there was one. */
  delete(kind: string, id: string): boolean | Promise<boolean>;
  /** All of these, in their order; or none of them, where one fails or the process ends before it returns. */
  change(changes: readonly RecordChange[]): void | Promise<void>;
}
