import process from "node:process";
import type { Driver, Row, SqlValue } from "./driver.ts";

/** What is used of Bun's own module, which has no types outside of Bun. */
interface BunSqlite {
  readonly Database: new (path: string, options: { readonly readwrite: true; readonly create: true }) => BunDatabase;
}

interface BunDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): BunStatement;
  close(throwOnError: boolean): void;
}

interface BunStatement {
  run(...values: readonly SqlValue[]): { readonly changes: number };
  get(...values: readonly SqlValue[]): Row | null;
  all(...values: readonly SqlValue[]): readonly Row[];
  finalize(): void;
}

/** The SQLite of Bun; undefined where there is none. */
export function bunDriver(): Driver | undefined {
  if (process.versions.bun === undefined) return undefined;
  // Safe: this is the shape of the module since Bun 1.0.
  const { Database } = process.getBuiltinModule("bun:sqlite") as unknown as BunSqlite;
  return (path) => {
    const database = new Database(path, { readwrite: true, create: true });
    const statements: BunStatement[] = [];
    return {
      exec: (sql) => void database.exec(sql),
      prepare(sql) {
        const statement = database.prepare(sql);
        statements.push(statement);
        return {
          run: (...values) => statement.run(...values).changes,
          get: (...values) => statement.get(...values) ?? undefined,
          all: (...values) => statement.all(...values),
        };
      },
      close() {
        // A statement that is left keeps the connection open, and its file locked, until it is garbage-collected.
        for (const statement of statements) statement.finalize();
        database.close(true);
      },
    };
  };
}
