import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { createRecordStore } from "../src/create-record-store.ts";
import { Database } from "../src/database/database.ts";
import { loadDriver } from "../src/driver/load-driver.ts";
import { readSettings } from "../src/settings.ts";
import { SqliteError } from "../src/sqlite-error.ts";
import { sqliteStores } from "../src/sqlite-stores.ts";
import { follow, runProgram } from "./fixtures/run-program.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

const failure = (code: string, words: string | RegExp = "") =>
  expect.objectContaining({
    name: "SqliteError",
    code,
    message: typeof words === "string" ? expect.stringContaining(words) : expect.stringMatching(words),
  });

/** A file with a hundred records of a kilobyte each. */
async function filled(folder: string): Promise<string> {
  const path = join(folder, "records.db");
  using stores = sqliteStores({ path, durability: "normal" });
  for (let index = 0; index < 100; index++) await stores.records.put("chain", `${index}`, "x".repeat(1_000));
  return path;
}

describe("a file that is damaged", () => {
  test("or was never a database is refused, says what to do, and is not changed", () => {
    const path = join(temporaryFolder(), "records.db");
    writeFileSync(path, "this is a letter to a friend, and no database at all. ".repeat(100));
    const before = readFileSync(path);
    expect(() => sqliteStores({ path })).toThrow(
      failure("database_corrupt", /Put back a copy.*\.recover.*move it away/),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("because its end is missing is told as soon as it shows", async () => {
    const path = await filled(temporaryFolder());
    truncateSync(path, Math.floor(statSync(path).size / 2 / 4_096) * 4_096);
    const read = async () => {
      using stores = sqliteStores({ path });
      return stores.records.list("chain");
    };
    await expect(read()).rejects.toThrow(failure("database_corrupt", "damaged"));
  });

  test("in its middle fails where that is read, and again, and what is whole can still be read", async () => {
    const path = await filled(temporaryFolder());
    const bytes = readFileSync(path);
    const at = Math.floor(bytes.length / 2 / 4_096) * 4_096;
    bytes.fill(0xa5, at, at + 4_096);
    writeFileSync(path, bytes);
    using stores = sqliteStores({ path });
    for (let times = 0; times < 2; times++) {
      expect(() => stores.records.list("chain")).toThrow(failure("database_corrupt"));
    }
    expect(await stores.records.get("chain", "0")).toBe("x".repeat(1_000));
  });

  test("by another program that wrote what is no JSON names the record; others can be read, and it can be put anew", async () => {
    const path = await filled(temporaryFolder());
    const connection = loadDriver()(path);
    connection.exec(`UPDATE record SET value = '{"sk-canary' WHERE id = '7'`);
    connection.close();
    using stores = sqliteStores({ path });
    const unreadable = failure(
      "database_corrupt",
      /record "7" of the kind "chain" is no JSON.*Put it anew, or delete it$/,
    );
    expect(() => stores.records.get("chain", "7")).toThrow(unreadable);
    expect(() => stores.records.list("chain")).toThrow(unreadable);
    expect(await stores.records.get("chain", "8")).toBe("x".repeat(1_000));
    await stores.records.put("chain", "7", 1);
    expect(await stores.records.list("chain")).toHaveLength(100);
  });
});

describe("a place that cannot be used", () => {
  test("is refused where it is a folder", () => {
    const path = temporaryFolder();
    expect(() => sqliteStores({ path })).toThrow(failure("path_refused", "it is no file"));
  });

  /** Someone without rights over what this test makes. Only root can become another. */
  const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const openAsSomebody = async (path: string) =>
    (await runProgram("put-many.ts", [path, "a", "1"], somebody).ended).output;

  test("is refused where the file can only be read", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    const path = await filled(folder);
    chmodSync(folder, 0o755);
    chmodSync(path, 0o444);
    expect(await openAsSomebody(path)).toBe("path_refused");
    expect(statSync(path).mode & 0o777).toBe(0o444);
  });

  test("is refused where the folder cannot be written", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    expect(await openAsSomebody(join(folder, "records.db"))).toBe("path_refused");
    expect(existsSync(join(folder, "records.db"))).toBe(false);
    chmodSync(folder, 0o755);
  });

  test("is refused where the file can be written, and its folder cannot", { timeout: 30_000 }, async () => {
    const folder = temporaryFolder();
    const path = await filled(folder);
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    expect(await openAsSomebody(path)).toBe("database_readonly");
    chmodSync(folder, 0o755);
  });
});

describe("a change that cannot be made", () => {
  const small = (path: string) => new Database(readSettings({ path, durability: "normal", busyTimeoutMs: 20 }));

  test("because there is no room fails, leaves everything as it was, and succeeds when there is room", async () => {
    const database = small(await filled(temporaryFolder()));
    const records = createRecordStore(database);
    database.get("PRAGMA max_page_count = 1");
    expect(() => records.put("chain", "0", "y".repeat(100_000))).toThrow(failure("database_full", "the disk is full"));
    expect(() => records.put("chain", "0", "y".repeat(100_000))).toThrow(
      expect.objectContaining({ isRetryable: true }),
    );
    expect(await records.get("chain", "0")).toBe("x".repeat(1_000));
    database.get("PRAGMA max_page_count = 100000");
    await records.put("chain", "0", "y".repeat(100_000));
    expect(await records.get("chain", "0")).toBe("y".repeat(100_000));
    database.close();
  });

  test("because the disk refuses more keeps all that was acknowledged, and the file can be read on", {
    timeout: 30_000,
  }, async () => {
    const path = join(temporaryFolder(), "records.db");
    const program = new URL("fixtures/put-many.ts", import.meta.url).pathname;
    // Files may have so many kilobytes; the signal that would end the process is ignored, and the write fails.
    const limited = `trap "" XFSZ; ulimit -f 300; exec "$0" --conditions=@catenary/source "$@"`;
    const { ended } = follow(["bash", "-c", limited, process.execPath, program, path, "a", "1000", "1000"], {});
    const { output } = await ended;
    const [, code, acknowledged, kept] = /^(\w+) after (\d+), (\d+) kept$/.exec(output) ?? [];
    expect({ output, code }).toEqual({ output, code: expect.stringMatching(/^database_(failed|full)$/) });
    expect(Number(acknowledged)).toBeGreaterThan(10);
    expect(Number(kept)).toBe(Number(acknowledged));
    using stores = sqliteStores({ path });
    expect(await stores.records.list("chain")).toHaveLength(Number(acknowledged));
  });

  test("because another process is writing fails after the time that it may wait, and succeeds afterwards", async () => {
    const path = join(temporaryFolder(), "records.db");
    const database = small(path);
    const records = createRecordStore(database);
    const other = loadDriver()(path);
    other.exec("BEGIN IMMEDIATE");
    expect(() => records.put("chain", "one", 1)).toThrow(failure("database_busy", "raise `busyTimeoutMs`"));
    expect(await records.list("chain")).toEqual([]);
    other.exec("COMMIT");
    other.close();
    await records.put("chain", "one", 1);
    expect(await records.get("chain", "one")).toBe(1);
    database.close();
  });

  test("because the database is for reading only says so", () => {
    const database = small(join(temporaryFolder(), "records.db"));
    database.run("PRAGMA query_only = ON");
    expect(() => createRecordStore(database).put("chain", "one", 1)).toThrow(failure("database_readonly", "writable"));
    database.close();
  });

  test("because it is no JSON, or its names are no texts, is refused without quoting it", () => {
    const { records, close } = sqliteStores({ path: ":memory:" });
    const circle: Record<string, unknown> = { key: "sk-canary-0123456789" };
    circle.self = circle;
    for (const value of [undefined, () => 1, Symbol("sk-canary-0123456789"), 5n, { price: 5n }, circle]) {
      // Safe: what is no JSON is what is tested.
      const put = () => records.put("chain", "one", value as never);
      expect(put).toThrow(failure("record_invalid", /^(?!.*canary).*"one" of the kind "chain".*plain JSON/));
    }
    for (const name of [undefined, null, 5, {}]) {
      // Safe: as above.
      expect(() => records.put("chain", name as never, 1)).toThrow(
        failure("record_invalid", "a record's id is a string"),
      );
      expect(() => records.list(name as never)).toThrow(failure("record_invalid", "a record's kind is a string"));
    }
    expect(records.list("chain")).toEqual([]);
    close();
  });
});

describe("a database that is closed", () => {
  test("can be closed again, refuses everything else, and leaves one file", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "records.db");
    const stores = sqliteStores({ path });
    await stores.records.put("chain", "one", 1);
    expect(existsSync(`${path}-wal`)).toBe(true);
    stores.close();
    stores.close();
    expect([existsSync(`${path}-wal`), existsSync(`${path}-shm`)]).toEqual([false, false]);
    for (const act of [
      () => stores.records.list("chain"),
      () => stores.records.get("chain", "one"),
      () => stores.records.put("chain", "one", 1),
      () => stores.records.delete("chain", "one"),
    ]) {
      expect(act).toThrow(failure("database_closed", "open it again with sqliteStores"));
    }
  });
});

describe("what is secret", () => {
  const key = "sk-canary-8c1f0d6e5b7a49";

  test("lies in files that are for this user alone, whatever the umask is", { timeout: 30_000 }, async () => {
    const folder = join(temporaryFolder(), "data");
    const path = join(folder, "records.db");
    using stores = sqliteStores({ path });
    await stores.records.put("backend", "one", { apiKey: key });
    const modes = [folder, path, `${path}-wal`, `${path}-shm`].map((file) => (statSync(file).mode & 0o777).toString(8));
    expect(modes).toEqual(["700", "600", "600", "600"]);
  });

  test("is in the file no longer when its record was deleted or replaced and the file closed", async () => {
    const path = join(temporaryFolder(), "records.db");
    const stores = sqliteStores({ path });
    for (const id of ["one", "two"]) await stores.records.put("backend", id, { apiKey: `${key}-${id}` });
    await stores.records.put("backend", "one", { apiKey: "another" });
    await stores.records.delete("backend", "two");
    stores.close();
    expect(readFileSync(path).includes(key)).toBe(false);
  });

  test("is in no error", async () => {
    const path = join(temporaryFolder(), "records.db");
    const database = new Database(readSettings({ path, busyTimeoutMs: 0 }));
    const records = createRecordStore(database);
    const other = loadDriver()(path);
    other.exec("BEGIN IMMEDIATE");
    try {
      await records.put("backend", "one", { apiKey: key });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof SqliteError)) throw error;
      expect(JSON.stringify([error, error.message, String(error.cause)])).not.toContain(key);
    }
    other.exec("COMMIT");
    other.close();
    database.close();
  });
});

test("a platform without SQLite is told what has one", async () => {
  vi.resetModules();
  vi.spyOn(process, "getBuiltinModule").mockReturnValue(undefined);
  const { sqliteStores: open } = await import("../src/sqlite-stores.ts");
  expect(() => open({ path: ":memory:" })).toThrow(
    expect.objectContaining({
      code: "sqlite_missing",
      message: expect.stringMatching(/Node 22\.13 or newer, Bun or Deno/),
    }),
  );
  vi.restoreAllMocks();
});

test("an address of a file is as good as its path", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "a b"));
  using stores = sqliteStores({ path: new URL(`file://${folder}/a%20b/records.db`) });
  await stores.records.put("chain", "one", 1);
  expect(stores.path).toBe(join(folder, "a b", "records.db"));
  expect(existsSync(stores.path)).toBe(true);
});
