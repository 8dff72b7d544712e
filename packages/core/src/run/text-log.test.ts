import { describe, expect, test } from "vitest";
import { TextLog } from "./text-log.ts";

async function readAll(log: TextLog): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of log.read()) pieces.push(piece);
  return pieces;
}

test("gives pieces as they come, to every reader all of them", async () => {
  const log = new TextLog();
  const [first, second] = [log.read(), log.read()];
  const [a, b] = [first.next(), second.next()];
  log.append("Hel");
  expect(await Promise.all([a, b])).toMatchObject([{ value: "Hel" }, { value: "Hel" }]);
  log.append("lo");
  expect(await first.next()).toEqual({ done: false, value: "lo" });
  log.append("!");
  log.end();
  expect(await first.next()).toEqual({ done: false, value: "!" });
  expect(await second.next()).toEqual({ done: false, value: "lo!" });
  expect(await first.next()).toEqual({ done: true, value: undefined });
});

test("begins at the beginning for a late reader, also after the end", async () => {
  const log = new TextLog();
  log.append("Hel");
  log.append("lo");
  log.end();
  expect(await readAll(log)).toEqual(["Hello"]);
  expect(await readAll(log)).toEqual(["Hello"]);
});

test("throws the error once all was read", async () => {
  const log = new TextLog();
  const broken = new Error("broken");
  log.append("Hel");
  log.end(broken);
  const reader = log.read();
  expect(await reader.next()).toEqual({ done: false, value: "Hel" });
  await expect(reader.next()).rejects.toBe(broken);
});

test("knows whether anybody reads", async () => {
  const log = new TextLog();
  expect(log.isRead).toBe(false);
  const reader = log.read();
  const next = reader.next();
  expect(log.isRead).toBe(true);
  log.append("x");
  await next;
  await reader.return?.();
  expect(log.isRead).toBe(false);
});

test("lets a reader leave while it waits, and does not count it any longer", async () => {
  const log = new TextLog();
  const reader = log.read();
  const next = reader.next();
  await reader.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(log.isRead).toBe(false);
});

describe("taking back", () => {
  test("removes what a failed attempt wrote, and nothing before it", async () => {
    const log = new TextLog();
    log.append("first ");
    log.settle();
    log.append("wrong");
    log.takeBack();
    log.append("right");
    log.end();
    expect(await readAll(log)).toEqual(["first right"]);
  });

  test("leaves what a reader has, for the others too", async () => {
    const log = new TextLog();
    const reader = log.read();
    log.append("half");
    await reader.next();
    expect(log.isTaken).toBe(true);
    log.append(" of it");
    log.takeBack();
    expect(log.isTaken).toBe(false);
    log.append(", then all");
    log.end();
    expect(await readAll(log)).toEqual(["half, then all"]);
  });

  test("can remove the last characters only", async () => {
    const log = new TextLog();
    log.append("kept, ");
    log.append("void");
    log.takeBack(4);
    log.append("new");
    log.end();
    expect(await readAll(log)).toEqual(["kept, new"]);
  });
});
