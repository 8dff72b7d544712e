import type { Connection } from "../driver/driver.ts";
import { SqliteError } from "../sqlite-error.ts";
import { APPLICATION_ID, FORMATS } from "./formats.ts";
import { inTransaction } from "./in-transaction.ts";
import { readNumber } from "./read-number.ts";

/**
 * Refuses a database that this package did not write, or that a newer version of it did. Changes nothing.
 *
 * @throws SqliteError `not_catenary`, `format_newer`
 */
export function checkFormat(connection: Connection, path: string, formats = FORMATS): void {
  const version = readNumber(connection, "PRAGMA user_version");
  const owner = readNumber(connection, "PRAGMA application_id");
  if (owner === APPLICATION_ID) {
    if (version <= formats.length) return;
    throw new SqliteError(
      "format_newer",
      `the database ${path} has format ${version}, and this version of @catenary/sqlite knows formats up to ${formats.length}: update the package, or choose another path. The file was not changed`,
      { details: { format: version, known: formats.length } },
    );
  }
  const isEmpty = version === 0 && owner === 0 && readNumber(connection, "SELECT count(*) FROM sqlite_schema") === 0;
  if (isEmpty) return;
  throw new SqliteError(
    "not_catenary",
    `the database ${path} belongs to another program: choose another path. The file was not changed`,
  );
}

/** Brings the file to the newest format, in one transaction. Other processes may be about to do the same. */
export function migrate(connection: Connection, path: string, formats = FORMATS): void {
  if (readNumber(connection, "PRAGMA user_version") === formats.length) return;
  inTransaction(connection, () => {
    checkFormat(connection, path, formats);
    const version = readNumber(connection, "PRAGMA user_version");
    for (const step of formats.slice(version)) connection.exec(step);
    connection.exec(`PRAGMA application_id = ${APPLICATION_ID}`);
    connection.exec(`PRAGMA user_version = ${formats.length}`);
  });
}
