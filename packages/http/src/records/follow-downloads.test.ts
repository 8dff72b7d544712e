import { type Backend, createRuntime, type Runtime } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { followDownloads } from "./follow-downloads.ts";

/** A runtime that fetches for ever, and how many listeners it has. */
function setUp() {
  const backend: Backend = {
    ...scriptedBackend({ id: "a" }),
    pullModel: (_model, { signal } = {}) =>
      new Promise<void>((_, fail) => signal?.addEventListener("abort", () => fail(signal.reason), { once: true })),
  };
  const runtime = createRuntime({ backends: [backend] });
  let listeners = 0;
  const on: Runtime["on"] = (kind, listener) => {
    const remove = runtime.on(kind, listener);
    listeners++;
    return () => {
      listeners--;
      remove();
    };
  };
  return { runtime: { ...runtime, on }, listeners: () => listeners };
}

test("a reader that leaves while nothing happens leaves no listener", async () => {
  const { runtime, listeners } = setUp();
  const leaving = new AbortController();
  const downloads = followDownloads(runtime, leaving.signal);
  const next = downloads.next();
  await Promise.resolve();
  expect(listeners()).toBeGreaterThan(0);
  leaving.abort();
  expect((await next).done).toBe(true);
  expect(listeners()).toBe(0);
});

test("a reader that stops reading leaves no listener", async () => {
  const { runtime, listeners } = setUp();
  runtime.downloads.create({ backend: "a", model: "m" });
  for await (const download of followDownloads(runtime, new AbortController().signal)) {
    expect(download.model).toBe("m");
    break;
  }
  expect(listeners()).toBe(0);
  await runtime.close();
});

test("a slow reader is told the last of each download, once", async () => {
  const { runtime } = setUp();
  const leaving = new AbortController();
  const downloads = followDownloads(runtime, leaving.signal);
  const first = downloads.next();
  runtime.downloads.create({ backend: "a", model: "m" });
  await first;
  runtime.downloads.cancel("a/m");
  runtime.downloads.create({ backend: "a", model: "n" });
  runtime.downloads.cancel("a/n");
  const told = [(await downloads.next()).value, (await downloads.next()).value];
  expect(told.map((download) => [download?.model, download?.state])).toEqual([
    ["m", "cancelled"],
    ["n", "cancelled"],
  ]);
  leaving.abort();
  expect((await downloads.next()).done).toBe(true);
});
