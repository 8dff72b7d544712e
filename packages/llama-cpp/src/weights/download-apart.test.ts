import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { scratchFolder } from "../../tests/weights/scratch.ts";
import { downloadApart } from "./download-apart.ts";

/** A module in the library's place, whose downloader does this. */
function library(download: string): string {
  const path = join(scratchFolder(), "library.mjs");
  writeFileSync(
    path,
    `export const createModelDownloader = async ({ onProgress }) => ({ async download() { ${download} } });`,
  );
  return pathToFileURL(path).href;
}

const never = new AbortController().signal;

test("a failure that the downloader lets go ends the download, and not the process", async () => {
  const full = library(
    'Promise.reject(Object.assign(new Error("no space left"), { code: "ENOSPC" })); await new Promise(() => setInterval(() => {}, 1000));',
  );
  const ended = downloadApart({ library: full, settings: {}, signal: never, onProgress: () => {} });
  await expect(ended).rejects.toMatchObject({ code: "ENOSPC" });
});

test("progress is told, and the end, though the downloader still holds something", async () => {
  const seen: unknown[] = [];
  const done = library("onProgress({ downloadedSize: 1, totalSize: 2, more() {} }); setInterval(() => {}, 1000);");
  await downloadApart({ library: done, settings: {}, signal: never, onProgress: (one) => seen.push(one) });
  expect(seen).toEqual([{ downloadedSize: 1, totalSize: 2 }]);
});

test("an abort ends a download that does not listen", async () => {
  const left = new DOMException("the user left", "AbortError");
  const controller = new AbortController();
  const deaf = library("onProgress({ downloadedSize: 0, totalSize: 1 }); for (;;);");
  const onProgress = () => controller.abort(left);
  const ended = downloadApart({ library: deaf, settings: {}, signal: controller.signal, onProgress });
  await expect(ended).rejects.toBe(left);
});

test("an abort does not wait for a downloader that still asks the hub", async () => {
  const path = join(scratchFolder(), "library.mjs");
  // What is seen of it is that it ends: the time that a downloader is given would be that of the test.
  writeFileSync(path, "export const createModelDownloader = () => new Promise(() => setInterval(() => {}, 1000));");
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const controller = new AbortController();
  const onBegin = () => controller.abort(new Error("enough"));
  const library = pathToFileURL(path).href;
  const ended = downloadApart({ library, settings: {}, signal: controller.signal, onBegin, onProgress: () => {} });
  await expect(ended).rejects.toThrow("enough");
});

test("a downloader that ends without a word is an error", async () => {
  const gone = library("process.exit(0);");
  const ended = downloadApart({ library: gone, settings: {}, signal: never, onProgress: () => {} });
  await expect(ended).rejects.toThrow("the downloader ended before the file was here");
});
