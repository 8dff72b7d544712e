import { expect, test, vi } from "vitest";
import { failWith } from "./fail-with.ts";

const toFailure = (error: unknown) => new Error("ours", { cause: error });

test("what a call gives is given, and what it throws becomes the adapter's error", async () => {
  expect(await failWith(toFailure, undefined, async () => 1)).toBe(1);
  const mistake = new Error("theirs");
  await expect(failWith(toFailure, undefined, () => Promise.reject(mistake))).rejects.toMatchObject({
    message: "ours",
    cause: mistake,
  });
});

test("a call that was aborted rejects with the signal's reason, and is not made where it was aborted before", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const failed = failWith(toFailure, controller.signal, async () => {
    controller.abort(reason);
    throw new Error("theirs");
  });
  await expect(failed).rejects.toBe(reason);
  const run = vi.fn();
  await expect(failWith(toFailure, controller.signal, run)).rejects.toBe(reason);
  expect(run).not.toHaveBeenCalled();
});
