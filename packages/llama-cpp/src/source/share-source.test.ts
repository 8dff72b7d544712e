import { expect, test } from "vitest";
import type { SourceOptions } from "./model-source.ts";
import { shareSource } from "./share-source.ts";

const left = new DOMException("the user left", "AbortError");

/** A source that ends when it is told to. */
function scripted() {
  const calls: SourceOptions[] = [];
  const found: PromiseWithResolvers<string>[] = [];
  const closing = new AbortController();
  const share = shareSource((options) => {
    calls.push(options);
    const next = Promise.withResolvers<string>();
    found.push(next);
    return next.promise;
  }, closing.signal);
  return { calls, found, closing, share };
}

test("all who wait at once have one run, and each is told how far it is", async () => {
  const { calls, found, share } = scripted();
  const told: string[] = [];
  const waiting = [
    share({}),
    share({ onProgress: ({ status }) => told.push(`one ${status}`) }),
    share({ onProgress: ({ status }) => told.push(`two ${status}`) }),
  ];
  calls[0]?.onProgress?.({ status: "half" });
  found[0]?.resolve("a.gguf");
  expect(await Promise.all(waiting)).toEqual(["a.gguf", "a.gguf", "a.gguf"]);
  expect(calls).toHaveLength(1);
  expect(told).toEqual(["one half", "two half"]);
  expect(calls[0]?.signal?.aborted).toBe(false);
});

test("who comes after a run has one of its own, and so has who comes after a failure", async () => {
  const { calls, found, share } = scripted();
  const first = share({});
  found[0]?.reject(new Error("no network"));
  await expect(first).rejects.toThrow("no network");
  const second = share({});
  found[1]?.resolve("b.gguf");
  expect(await second).toBe("b.gguf");
  expect(calls).toHaveLength(2);
});

test("one who is aborted leaves the run to the others, and the last one stops it", async () => {
  const { calls, share } = scripted();
  const [one, other] = [new AbortController(), new AbortController()];
  const waiting = [share({ signal: one.signal }), share({ signal: other.signal })];
  one.abort(left);
  await expect(waiting[0]).rejects.toBe(left);
  expect(calls[0]?.signal?.aborted).toBe(false);
  other.abort(left);
  await expect(waiting[1]).rejects.toBe(left);
  expect(calls[0]?.signal?.aborted).toBe(true);
});

test("closing ends all waiting, stops the run, and lets nobody begin", async () => {
  const { calls, closing, share } = scripted();
  const closed = new Error("closed");
  const waiting = [share({}), share({})];
  closing.abort(closed);
  for (const one of waiting) await expect(one).rejects.toBe(closed);
  expect(calls[0]?.signal?.aborted).toBe(true);
  await expect(share({})).rejects.toBe(closed);
  expect(calls).toHaveLength(1);
});
