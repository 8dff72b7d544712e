import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../tests/fixtures/temporary-folder.ts";
import type { Connection } from "../driver/driver.ts";
import { loadDriver } from "../driver/load-driver.ts";
import { sqliteStores } from "../sqlite-stores.ts";
import { APPLICATION_ID, FORMATS } from "./formats.ts";
import { checkFormat, migrate } from "./migrate.ts";
import { readNumber } from "./read-number.ts";

const inMemory = (): Connection => loadDriver()(":memory:");
const versionOf = (connection: Connection) => readNumber(connection, "PRAGMA user_version");
const more = [...FORMATS, "ALTER TABLE record ADD COLUMN note TEXT", "CREATE TABLE other (id INTEGER) STRICT"];

test("an empty database comes to the newest format and has our mark, once", () => {
  const connection = inMemory();
  checkFormat(connection, "a.db");
  for (let times = 0; times < 2; times++) {
    migrate(connection, "a.db");
    expect(versionOf(connection)).toBe(FORMATS.length);
    expect(readNumber(connection, "PRAGMA application_id")).toBe(APPLICATION_ID);
  }
  connection.close();
});

test("an older format goes through every version after its own, and keeps what it has", () => {
  const connection = inMemory();
  migrate(connection, "a.db");
  connection.exec("INSERT INTO record (kind, id, value) VALUES ('chain', 'one', '1')");
  checkFormat(connection, "a.db", more);
  migrate(connection, "a.db", more);
  expect(versionOf(connection)).toBe(more.length);
  expect(connection.prepare("SELECT id, value, note FROM record").all()).toEqual([
    { id: "one", value: "1", note: null },
  ]);
  expect(readNumber(connection, "SELECT count(*) FROM other")).toBe(0);
  connection.close();
});

test("a migration that fails changes nothing", () => {
  const connection = inMemory();
  migrate(connection, "a.db");
  const broken = [...more, "CREATE TABLE record (again TEXT)"];
  expect(() => migrate(connection, "a.db", broken)).toThrow("already exists");
  expect(versionOf(connection)).toBe(FORMATS.length);
  expect(() => connection.prepare("SELECT note FROM record")).toThrow("no such column");
  migrate(connection, "a.db", more);
  expect(versionOf(connection)).toBe(more.length);
  connection.close();
});

test("a newer format is refused, says what to do, and stays as it is", () => {
  const connection = inMemory();
  migrate(connection, "a.db", more);
  const newer = expect.objectContaining({
    code: "format_newer",
    message: expect.stringMatching(/format 3.*up to 1: update the package/),
    details: { format: 3, known: 1 },
  });
  expect(() => checkFormat(connection, "a.db")).toThrow(newer);
  expect(() => migrate(connection, "a.db")).toThrow(newer);
  expect(versionOf(connection)).toBe(3);
  connection.close();
});

test.each(["CREATE TABLE theirs (id)", "PRAGMA user_version = 7", "PRAGMA application_id = 252006674"])(
  "a database of another program is refused: %s",
  (sql) => {
    const connection = inMemory();
    connection.exec(sql);
    expect(() => checkFormat(connection, "a.db")).toThrow(
      expect.objectContaining({ code: "not_catenary", message: expect.stringContaining("another program") }),
    );
    connection.close();
  },
);

test("a file of another program, or of a newer version, is left as it was, byte for byte", () => {
  const folder = temporaryFolder();
  for (const [name, fill, code] of [
    ["theirs.db", (connection: Connection) => connection.exec("CREATE TABLE theirs (id)"), "not_catenary"],
    ["newer.db", (connection: Connection) => migrate(connection, "newer.db", more), "format_newer"],
  ] as const) {
    const path = join(folder, name);
    const connection = loadDriver()(path);
    fill(connection);
    connection.close();
    const before = readFileSync(path);
    expect(() => sqliteStores({ path })).toThrow(expect.objectContaining({ code }));
    expect(readFileSync(path).equals(before)).toBe(true);
  }
});

test("a file that format 1 wrote is read, and goes on", async () => {
  const path = join(temporaryFolder(), "records.db");
  copyFileSync(new URL("../../tests/fixtures/format-1.db", import.meta.url), path);
  using stores = sqliteStores({ path });
  expect(await stores.records.list("chain")).toEqual([
    { id: "triage", value: { id: "triage", tasks: [{ id: "a", handler: "noop" }] } },
    { id: 'odd "ids" \ud83e', value: ["kept", null, 1.5] },
  ]);
  expect(await stores.records.list("hook")).toEqual([
    { id: "page", value: { name: "page", url: "https://hooks.test" } },
  ]);
  await stores.records.put("chain", "new", 1);
  expect(await stores.records.get("chain", "new")).toBe(1);
});
