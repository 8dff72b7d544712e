import process from "node:process";
import type { Connection } from "../driver/driver.ts";
import { loadDriver } from "../driver/load-driver.ts";
import { SqliteError } from "../sqlite-error.ts";
import { prepareFile } from "./prepare-file.ts";
import { toSqliteError } from "./to-sqlite-error.ts";

export interface FileLock {
  release(): void;
}

const HOLDER = "CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL)";

/**
 * Keeps everybody else who asks for the same lock away from a file, until it is released or the process has ended, however: the lock is one
 * of the operating system's, on a small database beside the file, which also says who has it. It is never deleted, because somebody
 * could have it open by then.
 *
 * @throws SqliteError `database_in_use`, naming the process that has it
 */
export function lockFile(path: string): FileLock {
  const file = `${path}-lock`;
  prepareFile(file);
  const connection = loadDriver()(file);
  try {
    connection.exec("PRAGMA busy_timeout = 0");
    connection.exec("BEGIN IMMEDIATE");
    connection.exec(HOLDER);
    connection.exec("DELETE FROM holder");
    connection.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, new Date().toISOString());
    connection.exec("COMMIT");
    // The lock itself: a writer that never writes. Others can read who it is.
    connection.exec("BEGIN IMMEDIATE");
    return { release: () => connection.close() };
  } catch (thrown) {
    const { error } = toSqliteError(file, thrown);
    const told = error.code === "database_busy" ? inUse(path, connection) : error;
    connection.close();
    throw told;
  }
}

function inUse(path: string, connection: Connection): SqliteError {
  const { pid, since } = holderOf(connection);
  const who = pid === undefined ? "another process has" : `the process ${pid} has had`;
  const when = since === undefined ? "" : ` since ${since}`;
  return new SqliteError(
    "database_in_use",
    `the database ${path} is in use: ${who} it for itself${when}. End that process, or choose another path`,
    { failure: "unavailable", details: { path, ...(pid !== undefined && { pid }) } },
  );
}

interface Holder {
  readonly pid?: number;
  readonly since?: string;
}

function holderOf(connection: Connection): Holder {
  try {
    const { pid, since } = connection.prepare("SELECT pid, since FROM holder").get() ?? {};
    return typeof pid === "number" && typeof since === "string" ? { pid, since } : {};
  } catch {
    // It has not said yet who it is.
    return {};
  }
}
