import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { readSettings, type SqliteSettings } from "./settings.ts";

test("a path is made absolute; what survives and how long is waited have defaults", () => {
  const absolute = `${process.cwd()}/data/a.db`;
  expect(readSettings({ path: "data/a.db" })).toEqual({
    path: absolute,
    durability: "full",
    busyTimeoutMs: 5_000,
    exclusive: false,
  });
  expect(readSettings({ path: pathToFileURL(absolute) }).path).toBe(absolute);
  expect(readSettings({ path: ":memory:", durability: "normal", busyTimeoutMs: 0, exclusive: true })).toEqual({
    path: ":memory:",
    durability: "normal",
    busyTimeoutMs: 0,
    exclusive: true,
  });
});

test("what looks like an address of SQLite's is a path like others", () => {
  expect(readSettings({ path: "file:x?mode=memory" }).path).toBe(`${process.cwd()}/file:x?mode=memory`);
});

test.each([
  [undefined, "settings such as { path"],
  [null, "settings such as { path"],
  ["a.db", "settings such as { path"],
  [{}, "`path` to be the path of a file"],
  [{ path: "" }, 'got ""'],
  [{ path: "a\0b" }, "`path` to be"],
  [{ path: 5 }, "got 5"],
  [{ path: new URL("https://example.com/a.db") }, "https://example.com/a.db"],
  [{ path: "a.db", durability: "some" }, '"full" or "normal"; got "some"'],
  [{ path: "a.db", busyTimeoutMs: -1 }, "from 0 to 600000; got -1"],
  [{ path: "a.db", busyTimeoutMs: 1.5 }, "got 1.5"],
  [{ path: "a.db", busyTimeoutMs: Number.NaN }, "got NaN"],
  [{ path: "a.db", busyTimeoutMs: "1; DROP TABLE record" }, "whole number"],
  [{ path: "a.db", busyTimeoutMs: null }, "got null"],
])("%j is refused, and the message says what was expected", (settings, words) => {
  // Safe: settings of another type are what is tested.
  const read = () => readSettings(settings as unknown as SqliteSettings);
  expect(read).toThrow(expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining(words) }));
});
