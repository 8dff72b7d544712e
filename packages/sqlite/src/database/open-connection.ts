import type { Connection } from "../driver/driver.ts";
import { loadDriver } from "../driver/load-driver.ts";
import { type DatabaseSettings, MEMORY } from "../settings.ts";
import { SqliteError } from "../sqlite-error.ts";
import { checkFormat, migrate } from "./migrate.ts";
import { prepareFile } from "./prepare-file.ts";

/** Opens the database in the newest format. Platforms have different defaults, so everything is said. */
export function openConnection({ path, durability, busyTimeoutMs }: DatabaseSettings): Connection {
  const open = loadDriver();
  if (path !== MEMORY) prepareFile(path);
  const connection = open(path);
  try {
    connection.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
    // Before anything is changed in a file that may be somebody else's.
    checkFormat(connection, path);
    if (path !== MEMORY) useWriteAheadLog(connection, path);
    connection.exec(`PRAGMA synchronous = ${durability.toUpperCase()}`);
    // Of effect on Apple's systems only, where else the disk may still have it in its own memory.
    connection.exec(`PRAGMA fullfsync = ${durability === "full" ? "ON" : "OFF"}`);
    // A key that was deleted or replaced is not to be found in the file any more.
    connection.exec("PRAGMA secure_delete = ON");
    connection.exec("PRAGMA trusted_schema = OFF");
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** With it, readers and one writer do not wait for each other, and a process may end at any moment. */
function useWriteAheadLog(connection: Connection, path: string): void {
  const mode = connection.prepare("PRAGMA journal_mode = WAL").get()?.journal_mode;
  if (mode === "wal") return;
  throw new SqliteError(
    "path_refused",
    `the database ${path} cannot be used: its file system cannot share memory between processes, as network file systems cannot. Choose a path on a disk of this machine`,
  );
}
