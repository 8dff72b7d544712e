import type { RecordStore } from "@catenary/core";
import { createRecordStore } from "./create-record-store.ts";
import { Database } from "./database/database.ts";
import { readSettings, type SqliteSettings } from "./settings.ts";

/** What a runtime keeps, in one file. */
export interface SqliteStores extends Disposable {
  /** For `createRuntime({ records })`. */
  readonly records: RecordStore;
  /** Absolute, or `:memory:`. */
  readonly path: string;
  /** Call it after the runtime's own `close`. A process that ends without it loses nothing. */
  close(): void;
}

/**
 * Opens a file, or makes it, and gives the stores in it. Several processes on one machine may have the same file open, unless one wants it for itself (`exclusive`).
 *
 * ```ts
 * import { createRuntime } from "@catenary/core";
 * import { sqliteStores } from "@catenary/sqlite";
 *
 * const stores = sqliteStores({ path: ".catenary/catenary.db" });
 * const runtime = createRuntime({ records: stores.records });
 * await runtime.sync(); // what was registered before is there
 * ```
 *
 * @throws SqliteError where the file cannot be opened, or is not one of ours.
 */
export function sqliteStores(settings: SqliteSettings): SqliteStores {
  const database = new Database(readSettings(settings));
  const close = () => database.close();
  return { records: createRecordStore(database), path: database.path, close, [Symbol.dispose]: close };
}
