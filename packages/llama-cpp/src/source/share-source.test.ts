import { CatenaryError } from "@catenary/core";
import { expect, test } from "vitest";
import type { SourceOptions } from "./model-source.ts";
import { shareSource } from "./share-source.ts";

const left = new DOMException("the user left", "AbortError");

const origin = { backend: "llama-cpp", model: "m" };

/** A source that ends when it is told to. */
function scripted() {
  const calls: SourceOptions[] = [];
  const found: PromiseWithResolvers<string>[] = [];
  const closing = new AbortController();
  const share = shareSource(
    (options) => {
      calls.push(options);
      const next = Promise.withResolvers<string>();
      found.push(next);
      return next.promise;
    },
    closing.signal,
    origin,
  );
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

test.each([
  ["throws", () => Promise.reject(new Error("boom")), "the source of model m on llama-cpp failed: boom"],
  [
    "gives nothing",
    () => undefined,
    "the source of model m on llama-cpp gave nothing, expected the path of a GGUF file",
  ],
  ["gives an empty text", () => "", "gave an empty text, expected the path"],
  ["gives a number", () => 5, "gave a value of the type number, expected the path"],
])("a source that %s is told of by name: another backend may have the model", async (_, source, told) => {
  // Safe here: that it is none is what is tested.
  const share = shareSource(source as never, new AbortController().signal, origin);
  const error = await share({}).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ failure: "unavailable", details: { model: "m" } });
  expect(String(error)).toContain(told);
});

test("an error of ours stays as it is", async () => {
  const ours = new CatenaryError("weights_unavailable", "no source gave it");
  const share = shareSource(() => Promise.reject(ours), new AbortController().signal, origin);
  await expect(share({})).rejects.toBe(ours);
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
