import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createMemoryRecordStore, type Json, type RecordStore, type StoredRecord } from "@catenary/core";
import { sqliteStores } from "@catenary/sqlite";

/** Statements of the platform's SQLite on the same table, with nothing between them and the program. */
export const FLOOR = "node:sqlite, synchronous=NORMAL";
export const OURS = "Catenary, SQLite, durability normal";
export const FULL_FLOOR = "node:sqlite, synchronous=FULL";
export const OURS_FULL = "Catenary, SQLite, durability full";

export interface OpenStore {
  readonly store: RecordStore;
  close(): void;
}

const makers: Readonly<Record<string, (path: string) => OpenStore>> = {
  [FLOOR]: (path) => plain(path, "NORMAL"),
  [OURS]: (path) => ours(path, "normal"),
  [FULL_FLOOR]: (path) => plain(path, "FULL"),
  [OURS_FULL]: (path) => ours(path, "full"),
  "Catenary, in memory": () => ({ store: createMemoryRecordStore(), close: () => {} }),
};

export const contestants = Object.keys(makers).map((name) => ({ name }));

/** Opens a contestant's store in a folder that is gone after `use`. Throws where there is none of this name. */
export async function withStore<T>(contestant: string, use: (store: RecordStore) => T | Promise<T>): Promise<T> {
  const make = makers[contestant];
  if (make === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  const folder = mkdtempSync(join(tmpdir(), "catenary-store-"));
  const { store, close } = make(join(folder, "records.db"));
  try {
    return await use(store);
  } finally {
    close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function ours(path: string, durability: "normal" | "full"): OpenStore {
  const { records, close } = sqliteStores({ path, durability });
  return { store: records, close };
}

function plain(path: string, synchronous: string): OpenStore {
  const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous};
    CREATE TABLE record (position INTEGER PRIMARY KEY, kind TEXT, id TEXT, value TEXT, UNIQUE (kind, id)) STRICT`);
  const list = database.prepare("SELECT id, value FROM record WHERE kind = ? ORDER BY position");
  const get = database.prepare("SELECT value FROM record WHERE kind = ? AND id = ?");
  const put = database.prepare(
    "INSERT INTO record (kind, id, value) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value",
  );
  const remove = database.prepare("DELETE FROM record WHERE kind = ? AND id = ?");
  const parse = (value: unknown): Json => JSON.parse(String(value));
  const store: RecordStore = {
    list: (kind) => list.all(kind).map(({ id, value }): StoredRecord => ({ id: String(id), value: parse(value) })),
    get: (kind, id) => {
      const row = get.get(kind, id);
      return row === undefined ? undefined : parse(row.value);
    },
    put: (kind, id, value) => void put.run(kind, id, JSON.stringify(value)),
    delete: (kind, id) => remove.run(kind, id).changes > 0,
    change: () => {
      throw new Error("it is not measured");
    },
  };
  return { store, close: () => database.close() };
}
