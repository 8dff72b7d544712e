import { expect, test } from "vitest";
import { readText } from "./read-text.ts";

const { signal } = new AbortController();

test("joins characters that came in pieces", async () => {
  const bytes = new TextEncoder().encode("é😀x");
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await readText(new Response(body), 100, signal)).toEqual({ text: "é😀x", isWhole: true });
});

test("reads a body of exactly the allowed length, and says of a longer one that it is cut", async () => {
  expect(await readText(new Response("abcd"), 4, signal)).toEqual({ text: "abcd", isWhole: true });
  expect(await readText(new Response("abcde"), 4, signal)).toEqual({ text: "abcd", isWhole: false });
});

test("reads an answer without a body as nothing", async () => {
  expect(await readText(new Response(null), 4, signal)).toEqual({ text: "", isWhole: true });
});

test("ends the download when it is aborted", async () => {
  const controller = new AbortController();
  let reason: unknown;
  const body = new ReadableStream({
    pull: () => controller.abort("stop"),
    cancel(given) {
      reason = given ?? "cancelled";
    },
  });
  await expect(readText(new Response(body), 4, controller.signal)).rejects.toBe("stop");
  expect(reason).toBe("cancelled");
});
