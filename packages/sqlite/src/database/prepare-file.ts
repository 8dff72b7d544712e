import { accessSync, chmodSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { SqliteError } from "../sqlite-error.ts";

/** For this user alone: keys of providers are kept in the file. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;
const OTHERS = 0o077;

/**
 * Makes the file and its folder where they are missing. Whatever others may do with a file of ours that is there is taken from
 * them; SQLite gives the files that it makes beside it the same mode.
 *
 * @throws SqliteError `path_refused`, `database_full`
 */
export function prepareFile(path: string): void {
  try {
    makeFolder(path, dirname(path));
    if (make(path)) return;
    if (!statSync(path).isFile()) throw refused(path, "it is no file. Give the path of a file in it");
    accessSync(path, constants.R_OK | constants.W_OK);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) tighten(file);
  } catch (error) {
    throw error instanceof SqliteError ? error : explain(path, error);
  }
}

/** Level by level: where a folder is there in which none can be made, such as /proc, Node's own way tries again for ever. */
function makeFolder(path: string, folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(path, parent);
  try {
    mkdirSync(folder, { mode: FOLDER_MODE });
  } catch (error) {
    // Another process may have been quicker.
    if (codeOf(error) === "EEXIST" && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
    if (codeOf(error) !== "ENOENT") throw error;
    throw refused(path, `no folder can be made at ${folder}. Choose another path`, error);
  }
}

/**
 * False where it is there already. Then it is not even opened: closing it would release the locks that another connection of this
 * process holds.
 */
function make(path: string): boolean {
  try {
    closeSync(openSync(path, "wx", FILE_MODE));
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

function tighten(file: string): void {
  const mode = statSync(file, { throwIfNoEntry: false })?.mode ?? 0;
  if ((mode & OTHERS) === 0) return;
  try {
    chmodSync(file, FILE_MODE);
  } catch (error) {
    // The file is another user's, who has given it to us and decides who else has it.
    if (codeOf(error) !== "EPERM") throw error;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "this user may not read and write there. Change the owner or the permissions, or choose another path",
  EPERM: "this user may not read and write there. Change the owner or the permissions, or choose another path",
  EROFS: "the file system can only be read. Choose a path that can be written",
  ENOTDIR: "a part of it that should be a folder is a file. Choose another path",
  EEXIST: "a part of it that should be a folder is a file. Choose another path",
  ENOENT: "it is a link to a file that is not there. Remove the link, or make what it leads to",
  ENAMETOOLONG: "it is too long. Choose a shorter one",
};

function explain(path: string, error: unknown): SqliteError {
  const code = codeOf(error);
  if (code === "ENOSPC" || code === "EDQUOT") {
    return new SqliteError("database_full", `no room for the database ${path}: free some, or choose another disk`, {
      failure: "unavailable",
      cause: error,
    });
  }
  return refused(path, REASONS[code] ?? `${code || "it failed"}. Choose another path`, error);
}

function refused(path: string, why: string, cause?: unknown): SqliteError {
  return new SqliteError("path_refused", `the database ${path} cannot be used: ${why}`, { cause });
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}
