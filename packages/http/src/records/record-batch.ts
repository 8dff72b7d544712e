import type { RecordChange, RecordStore, StoredRecord } from "@catenary/core";

/**
 * Changes of records that are made at once, when all of them are known, so that whoever is killed has made all of a change or nothing. What
 * is read through it is as if they were made already.
 */
export class RecordBatch {
  readonly #changes = new Map<RecordStore, RecordChange[]>();

  /** What reads and writes through it. */
  over(store: RecordStore): RecordStore {
    const pending = (): RecordChange[] => {
      let changes = this.#changes.get(store);
      if (changes === undefined) {
        changes = [];
        this.#changes.set(store, changes);
      }
      return changes;
    };
    const get: RecordStore["get"] = (kind, id) => {
      const last = pending().findLast((one) => one.kind === kind && one.id === id);
      if (last === undefined) return store.get(kind, id);
      return last.act === "put" ? last.value : undefined;
    };
    return {
      get,
      list: async (kind) => applied(await store.list(kind), kind, pending()),
      put: (kind, id, value) => void pending().push({ act: "put", kind, id, value }),
      delete: async (kind, id) => {
        const wasThere = (await get(kind, id)) !== undefined;
        if (wasThere) pending().push({ act: "delete", kind, id });
        return wasThere;
      },
      change: (changes) => void pending().push(...changes),
    };
  }

  /** Makes them. Where the records lie in several stores, those of each at once. */
  async commit(): Promise<void> {
    for (const [store, changes] of this.#changes) {
      if (changes.length > 0) await store.change(changes);
      this.#changes.delete(store);
    }
  }

  /** Forgets what was not made. Whether there was anything. */
  drop(): boolean {
    const hadAny = [...this.#changes.values()].some(({ length }) => length > 0);
    this.#changes.clear();
    return hadAny;
  }
}

function applied(
  kept: readonly StoredRecord[],
  kind: string,
  changes: readonly RecordChange[],
): readonly StoredRecord[] {
  if (changes.length === 0) return kept;
  const records = new Map(kept.map(({ id, value }) => [id, value]));
  for (const change of changes) {
    if (change.kind !== kind) continue;
    if (change.act === "put") records.set(change.id, change.value);
    else records.delete(change.id);
  }
  return [...records].map(([id, value]) => ({ id, value }));
}
