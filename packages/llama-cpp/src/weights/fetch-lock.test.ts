import { readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../../tests/weights/scratch.ts";
import { takeFetchLock } from "./fetch-lock.ts";

const lockFile = () => join(scratchFolder(), "lock");
const quick = { beatMs: 5, onWait: () => {} };
/** No process has it: the highest that Linux gives is 2^22. */
const NO_PROCESS = 2 ** 22 + 1;

function left(path: string, holder: object, agoMs: number): void {
  writeFileSync(path, JSON.stringify({ id: "left", host: hostname(), pid: process.pid, ...holder }));
  const then = (Date.now() - agoMs) / 1000;
  utimesSync(path, then, then);
}

/** Many take the lock, work and give it back; tells how many had it at once. */
async function mostAtOnce(path: string, count: number): Promise<number> {
  let holders = 0;
  let most = 0;
  const work = async () => {
    const lock = await takeFetchLock(path, quick);
    most = Math.max(most, ++holders);
    await new Promise((resolve) => setTimeout(resolve, 3));
    holders--;
    await lock.release();
  };
  await Promise.all(Array.from({ length: count }, work));
  return most;
}

test("of many who want it one has it at a time, and nothing stays behind", async () => {
  const path = lockFile();
  expect(await mostAtOnce(path, 10)).toBe(1);
  expect(readdirSync(dirname(path))).toEqual([]);
});

test("who waits is shown how far the holder is, and gets it when that is done", async () => {
  const path = lockFile();
  const first = await takeFetchLock(path, quick);
  first.tell({ status: "coming", completed: 4, total: 10 });
  const second = await takeFetchLock(path, {
    beatMs: 5,
    onWait: (progress) => {
      if (progress?.completed === 4) void first.release();
    },
  });
  await second.release();
});

test("who waits can be stopped", async () => {
  const path = lockFile();
  const first = await takeFetchLock(path, quick);
  const controller = new AbortController();
  const waiting = takeFetchLock(path, {
    beatMs: 5,
    signal: controller.signal,
    onWait: () => controller.abort(new Error("enough")),
  });
  await expect(waiting).rejects.toThrow("enough");
  await first.release();
});

test.each([
  ["was not heard of for long", { host: "another-machine" }, 60_000],
  ["has ended", { pid: NO_PROCESS }, 1_000],
])("the lock of a process that %s is taken away", async (_, holder, agoMs) => {
  const path = lockFile();
  left(path, holder, agoMs);
  const lock = await takeFetchLock(path, { beatMs: 50, onWait: () => {} });
  expect(readFileSync(path, "utf8")).not.toContain('"left"');
  await lock.release();
});

test("a lock of which its process wrote nothing is taken away after a while", async () => {
  const path = lockFile();
  writeFileSync(path, "");
  utimesSync(path, 1, 1);
  const lock = await takeFetchLock(path, quick);
  await lock.release();
  expect(readdirSync(dirname(path))).toEqual([]);
});

test("of many who find a holder gone one takes its place at a time", async () => {
  const path = lockFile();
  left(path, { pid: NO_PROCESS }, 60_000);
  expect(await mostAtOnce(path, 8)).toBe(1);
});

test("a holder whose place was taken learns it, and leaves the other's lock alone", async () => {
  const path = lockFile();
  const first = await takeFetchLock(path, quick);
  const learns = new Promise((resolve) => first.lost.addEventListener("abort", resolve));
  left(path, {}, 0);
  await learns;
  await first.release();
  expect(readFileSync(path, "utf8")).toContain('"left"');
});

test("a folder that was removed while somebody waited is made again", async () => {
  const path = join(scratchFolder(), "removed", "lock");
  const lock = await takeFetchLock(path, quick);
  expect(readdirSync(dirname(path))).toEqual(["lock"]);
  await lock.release();
});
