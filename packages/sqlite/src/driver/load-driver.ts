import process from "node:process";
import { SqliteError } from "../sqlite-error.ts";
import { bunDriver } from "./bun-driver.ts";
import type { Driver } from "./driver.ts";
import { nodeDriver } from "./node-driver.ts";

let loaded: Driver | undefined;

/**
 * The SQLite of the platform that this runs on. It is loaded at the first use, so that importing this package costs nothing.
 *
 * @throws SqliteError `sqlite_missing`
 */
export function loadDriver(): Driver {
  loaded ??= bunDriver() ?? nodeDriver();
  if (loaded !== undefined) return loaded;
  throw new SqliteError(
    "sqlite_missing",
    `@catenary/sqlite needs Node 22.13 or newer, Bun or Deno, which have SQLite built in; this is Node ${process.versions.node} without it. Update Node, or start it with --experimental-sqlite`,
  );
}
