import type { Connection } from "../driver/driver.ts";

/**
 * All of `work` or nothing of it. The transaction is a writer from its beginning: one that reads first and writes then fails as soon
 * as another process has written in between, however long it would wait.
 */
export function inTransaction<T>(connection: Connection, work: () => T): T {
  connection.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    connection.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(connection);
    throw error;
  }
}

function rollBack(connection: Connection): void {
  try {
    connection.exec("ROLLBACK");
  } catch {
    // SQLite has rolled back already, as it does after some errors; the first one is what matters.
  }
}
