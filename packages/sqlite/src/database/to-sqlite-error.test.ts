import { expect, test } from "vitest";
import { SqliteError } from "../sqlite-error.ts";
import { toSqliteError } from "./to-sqlite-error.ts";

/** The same failure as Node, Bun and Deno tell it. */
function toldBy(result: number, words: string): readonly Error[] {
  return [
    Object.assign(new Error(words), { code: "ERR_SQLITE_ERROR", errcode: result }),
    Object.assign(new Error(words), { code: "SQLITE_SOMETHING", errno: result }),
    Object.assign(new Error(words), { code: "ERR_SQLITE_ERROR" }),
  ];
}

test.each([
  [5, "database is locked", "database_busy", "raise `busyTimeoutMs`", "unavailable", false],
  [517, "database is locked", "database_busy", "another process", "unavailable", false],
  [8, "attempt to write a readonly database", "database_readonly", "writable", "chain", false],
  [13, "database or disk is full", "database_full", "Free some room", "unavailable", false],
  [11, "database disk image is malformed", "database_corrupt", "Put back a copy", "chain", true],
  [267, "database disk image is malformed", "database_corrupt", ".recover", "chain", true],
  [26, "file is not a database", "database_corrupt", "move it away", "chain", true],
  [778, "disk I/O error", "database_failed", "the disk failed", "unavailable", true],
  [14, "unable to open database file", "path_refused", "the file and its folder", "chain", true],
  [1, "no such table: record", "database_failed", "SQLite says: no such table: record", "chain", false],
] as const)("result %i, %s, is told as %s, on every platform", (result, words, code, tell, failure, isBroken) => {
  for (const thrown of toldBy(result, words)) {
    const explained = toSqliteError("/data/a.db", thrown);
    expect(explained).toMatchObject({ error: { code, failure, cause: thrown }, isBroken });
    expect(explained.error.message).toContain("the database /data/a.db");
    expect(explained.error.message).toContain(tell);
    expect(explained.error.message).toContain(words);
  }
});

test("an error of ours is told as it is, and what is no error is told too", () => {
  const own = new SqliteError("record_invalid", "no");
  expect(toSqliteError("/a.db", own)).toEqual({ error: own, isBroken: false });
  expect(toSqliteError("/a.db", "plain words").error.message).toContain("plain words");
});
