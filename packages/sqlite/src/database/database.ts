import type { Connection, Row, SqlValue, Statement } from "../driver/driver.ts";
import { type DatabaseSettings, MEMORY } from "../settings.ts";
import { SqliteError } from "../sqlite-error.ts";
import { inTransaction } from "./in-transaction.ts";
import { type FileLock, lockFile } from "./lock-file.ts";
import { openConnection } from "./open-connection.ts";
import { toSqliteError } from "./to-sqlite-error.ts";

/** One open database, which all stores in the file share. Whatever fails is a `SqliteError`. */
export class Database {
  readonly #settings: DatabaseSettings;
  readonly #statements = new Map<string, Statement>();
  readonly #lock: FileLock | undefined;
  #connection: Connection | undefined;
  #isClosed = false;

  constructor(settings: DatabaseSettings) {
    this.#settings = settings;
    const { exclusive, path } = settings;
    this.#lock = exclusive && path !== MEMORY ? lockFile(path) : undefined;
    try {
      this.#use(() => {});
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get path(): string {
    return this.#settings.path;
  }

  /** How many rows were changed. On return the change is kept. */
  run(sql: string, ...values: readonly SqlValue[]): number {
    return this.#use((connection) => this.#statement(connection, sql).run(...values));
  }

  get(sql: string, ...values: readonly SqlValue[]): Row | undefined {
    return this.#use((connection) => this.#statement(connection, sql).get(...values));
  }

  all(sql: string, ...values: readonly SqlValue[]): readonly Row[] {
    return this.#use((connection) => this.#statement(connection, sql).all(...values));
  }

  /** All that `work` does, or nothing of it. */
  together(work: () => void): void {
    this.#use((connection) => inTransaction(connection, work));
  }

  /** May be called again. Everything else fails afterwards. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#drop();
    this.#lock?.release();
  }

  #use<T>(work: (connection: Connection) => T): T {
    const { path } = this.#settings;
    if (this.#isClosed) {
      throw new SqliteError(
        "database_closed",
        `the database ${path} was closed: close it after everything that uses it, or open it again with sqliteStores`,
      );
    }
    try {
      this.#connection ??= openConnection(this.#settings);
      return work(this.#connection);
    } catch (thrown) {
      const { error, isBroken } = toSqliteError(path, thrown);
      // What a connection remembers after such an error may differ from what the file has. The next use opens another.
      if (isBroken && path !== MEMORY) this.#drop();
      throw error;
    }
  }

  #statement(connection: Connection, sql: string): Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    this.#statements.clear();
    try {
      connection?.close();
    } catch {
      // Everything that was acknowledged is in the file, with or without a last tidying up.
    }
  }
}
