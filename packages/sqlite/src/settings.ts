import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { SqliteError } from "./sqlite-error.ts";

export interface SqliteSettings {
  /**
   * The file, as a path or a `file:` address. It and its folder are made where they are missing, for this user alone.
   * `:memory:` keeps everything in memory only.
   */
  readonly path: string | URL;
  /**
   * What survives. `full` (default): what was acknowledged is on the disk, also after the machine loses its power, as far as the
   * disk does what it is told. `normal`: it survives the end of the process, however sudden; the last changes may be lost with the machine.
   */
  readonly durability?: "full" | "normal";
  /** How long a change waits for other processes that are writing, in milliseconds. Nothing else runs meanwhile. Default 5,000. */
  readonly busyTimeoutMs?: number;
  /**
   * Whether nobody else may open the file who says so too (`database_in_use`), until it is closed or this process has ended, however.
   * For whoever reads the records once and would not see what another process writes. Default false.
   */
  readonly exclusive?: boolean;
}

export interface DatabaseSettings {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  readonly durability: "full" | "normal";
  readonly busyTimeoutMs: number;
  readonly exclusive: boolean;
}

export const MEMORY = ":memory:";

const LONGEST_BUSY_MS = 10 * 60_000;

/**
 * Fills in the defaults.
 *
 * @throws SqliteError `settings_invalid`
 */
export function readSettings(settings: SqliteSettings): DatabaseSettings {
  if (typeof settings !== "object" || settings === null) {
    throw invalid(`expects settings such as { path: ".catenary/catenary.db" }; got ${shown(settings)}`);
  }
  const { path, durability = "full", busyTimeoutMs = 5_000, exclusive = false } = settings;
  if (durability !== "full" && durability !== "normal") {
    throw invalid(`expects \`durability\` to be "full" or "normal"; got ${shown(durability)}`);
  }
  const isDuration = Number.isInteger(busyTimeoutMs) && busyTimeoutMs >= 0 && busyTimeoutMs <= LONGEST_BUSY_MS;
  if (!isDuration) {
    throw invalid(
      `expects \`busyTimeoutMs\` to be a whole number of milliseconds from 0 to ${LONGEST_BUSY_MS}; got ${shown(busyTimeoutMs)}`,
    );
  }
  if (typeof exclusive !== "boolean")
    throw invalid(`expects \`exclusive\` to be true or false; got ${shown(exclusive)}`);
  return { path: readPath(path), durability, busyTimeoutMs, exclusive };
}

function readPath(path: unknown): string {
  if (path === MEMORY) return MEMORY;
  if (path instanceof URL && path.protocol === "file:") return fileURLToPath(path);
  // An absolute path can be mistaken for none of the addresses that SQLite understands.
  if (typeof path === "string" && path !== "" && !path.includes("\0")) return resolve(path);
  throw invalid(`expects \`path\` to be the path of a file, a file: address or ":memory:"; got ${shown(path)}`);
}

function shown(value: unknown): string {
  if (typeof value === "string" || value instanceof URL) return JSON.stringify(value);
  if (typeof value === "number") return String(value);
  return value === null ? "null" : typeof value;
}

function invalid(problem: string): SqliteError {
  return new SqliteError("settings_invalid", `sqliteStores ${problem}`);
}
