import type { Json, RecordStore } from "@catenary/core";

export interface RecordStoreTest {
  readonly run: (subject: RecordStoreSubject) => Promise<void>;
  /** Whether it needs another store on the same records. */
  readonly needsAnother?: true;
}

export interface RecordStoreSubject {
  /** Without records. */
  readonly store: RecordStore;
  /** Another store on the same records. Only for tests that need it. */
  readonly openAnother: () => Promise<RecordStore>;
}

/** All records of a kind as pairs, in their order. */
export async function pairsOf(store: RecordStore, kind: string): Promise<(readonly [string, Json])[]> {
  return (await store.list(kind)).map(({ id, value }) => [id, value] as const);
}
