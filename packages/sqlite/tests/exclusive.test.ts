import { once } from "node:events";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteStores } from "../src/sqlite-stores.ts";
import { runProgram } from "./fixtures/run-program.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

const inUse = (pid: number | undefined) =>
  expect.objectContaining({
    name: "SqliteError",
    code: "database_in_use",
    message: expect.stringContaining(`the process ${pid} has had it`),
  });

test("whoever has a file for itself keeps away others who want that, until it is closed", () => {
  const path = join(temporaryFolder(), "records.db");
  const stores = sqliteStores({ path, exclusive: true });
  expect(() => sqliteStores({ path, exclusive: true })).toThrow(inUse(process.pid));
  stores.records.put("model", "m", 1);
  using copy = sqliteStores({ path });
  expect(copy.records.get("model", "m")).toBe(1);
  expect(statSync(`${path}-lock`).mode & 0o077).toBe(0);
  stores.close();
  stores.close();
  using next = sqliteStores({ path, exclusive: true });
  expect(next.records.get("model", "m")).toBe(1);
});

test("a file that could not be opened is not kept from anybody", () => {
  const path = join(temporaryFolder(), "records.db");
  mkdirSync(path);
  for (let round = 0; round < 2; round++)
    expect(() => sqliteStores({ path, exclusive: true })).toThrow(expect.objectContaining({ code: "path_refused" }));
});

test("memory is everybody's own", () => {
  using one = sqliteStores({ path: ":memory:", exclusive: true });
  using other = sqliteStores({ path: ":memory:", exclusive: true });
  expect([one.path, other.path]).toEqual([":memory:", ":memory:"]);
});

test("another process is kept away with the number of the one that has it, and not after that was killed", {
  timeout: 60_000,
}, async () => {
  const path = join(temporaryFolder(), "records.db");
  const { child, ended } = runProgram("hold.ts", [path]);
  if (child.stdout === null) throw new Error("it was to have an output");
  await once(child.stdout, "data");
  expect(() => sqliteStores({ path, exclusive: true })).toThrow(inUse(child.pid));
  child.kill("SIGKILL");
  expect(await ended).toMatchObject({ output: "held", errors: "", signal: "SIGKILL" });
  sqliteStores({ path, exclusive: true }).close();
});
