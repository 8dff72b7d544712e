import { expect, test } from "vitest";
import { createLog, type LogOptions } from "./create-log.ts";

function logged(options: Partial<LogOptions>, ...records: readonly Parameters<ReturnType<typeof createLog>["log"]>[]) {
  const written: string[] = [];
  const log = createLog({
    output: { write: (text) => written.push(text) },
    level: "info",
    format: "json",
    now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    ...options,
  });
  for (const record of records) log.log(...record);
  log.flush();
  return written;
}

test("a record is one line of JSON, with its time, its level and its event first", () => {
  expect(logged({}, ["warn", "download_failed", { model: "a\nb", message: "text of an error" }])).toEqual([
    '{"time":"2026-01-02T03:04:05.678Z","level":"warn","event":"download_failed","model":"a\\nb","message":"text of an error"}\n',
  ]);
});

test("a record is one line for a person too, whatever is in it", () => {
  const fields = { status: 200, path: "/health", text: "two\nlines", at: 1, absent: undefined };
  expect(logged({ format: "text" }, ["info", "request", fields])).toEqual([
    '03:04:05.678 info  request status=200 path=/health text="two\\nlines"\n',
  ]);
});

test("records below the level are left out", () => {
  const written = logged(
    { level: "warn" },
    ["debug", "a", {}],
    ["info", "b", {}],
    ["warn", "c", {}],
    ["error", "d", {}],
  );
  expect(written.join("").match(/"event":"\w"/g)).toEqual(['"event":"c"', '"event":"d"']);
});

test("what cannot be written as JSON costs its fields, not the line", () => {
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  expect(logged({}, ["error", "odd", { circle, big: 1n }])[0]).toContain('"event":"odd","unwritable":["circle","big"]');
  expect(logged({ format: "text" }, ["error", "odd", { circle, big: 1n }])[0]).toContain("circle=… big=…");
});

test("lines of one turn are written together, and nothing waits for longer", async () => {
  const written: string[] = [];
  const log = createLog({
    output: { write: (text) => written.push(text) },
    level: "info",
    format: "json",
    now: () => 0,
  });
  log.log("info", "a", {});
  log.log("info", "b", {});
  expect(written).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(written).toHaveLength(1);
  expect(written[0]?.match(/\n/g)).toHaveLength(2);
});
