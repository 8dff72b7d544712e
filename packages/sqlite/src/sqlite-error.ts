import { CatenaryError, type FailureClass } from "@catenary/core";

/**
 * | code | what happened |
 * |---|---|
 * | `settings_invalid` | a setting that cannot be |
 * | `sqlite_missing` | the platform has no SQLite |
 * | `path_refused` | the path is a folder, or this user may not read and write there |
 * | `not_catenary` | the file is a database of another program |
 * | `format_newer` | a newer version of this package wrote the file |
 * | `database_corrupt` | the file is damaged, or no database |
 * | `database_busy` | another process held the database for longer than `busyTimeoutMs` |
 * | `database_in_use` | somebody else has opened it with `exclusive`, and it was to be opened so here too |
 * | `database_full` | no room on the disk |
 * | `database_readonly` | the file or its folder cannot be written |
 * | `database_closed` | it was closed before |
 * | `database_failed` | anything else that SQLite reports |
 * | `record_invalid` | what is to be kept is no JSON, or its kind or id is no text |
 */
export type SqliteErrorCode =
  | "settings_invalid"
  | "sqlite_missing"
  | "path_refused"
  | "not_catenary"
  | "format_newer"
  | "database_corrupt"
  | "database_busy"
  | "database_in_use"
  | "database_full"
  | "database_readonly"
  | "database_closed"
  | "database_failed"
  | "record_invalid";

export interface SqliteErrorOptions {
  /** Default `chain`: the same again fails the same way. */
  readonly failure?: FailureClass;
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What keeps a database from doing what it was asked for. Never quotes what is kept in it. */
export class SqliteError extends CatenaryError {
  declare readonly code: SqliteErrorCode;

  constructor(code: SqliteErrorCode, message: string, options: SqliteErrorOptions = {}) {
    super(code, message, options);
  }
}
