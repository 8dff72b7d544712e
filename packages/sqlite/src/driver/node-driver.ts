import process from "node:process";
import type { Driver } from "./driver.ts";

/** The SQLite of Node and Deno; undefined where there is none. */
export function nodeDriver(): Driver | undefined {
  const sqlite = withoutWarning(() => process.getBuiltinModule?.("node:sqlite"));
  if (sqlite === undefined) return undefined;
  return (path) => {
    const database = new sqlite.DatabaseSync(path);
    return {
      exec: (sql) => database.exec(sql),
      prepare(sql) {
        const statement = database.prepare(sql);
        return {
          run: (...values) => Number(statement.run(...values).changes),
          get: (...values) => statement.get(...values),
          all: (...values) => statement.all(...values),
        };
      },
      close: () => database.close(),
    };
  };
}

/**
 * Node 22 warns when its SQLite is loaded, because its interface may change until it is declared stable. Whoever uses this
 * package can do nothing about that, so this one warning is left out; nothing else can happen while a built-in module is loaded.
 */
function withoutWarning<T>(load: () => T): T {
  const { emitWarning } = process;
  process.emitWarning = (warning: unknown, ...more: unknown[]) => {
    if (!String(warning).startsWith("SQLite is an experimental feature")) {
      Reflect.apply(emitWarning, process, [warning, ...more]);
    }
  };
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
