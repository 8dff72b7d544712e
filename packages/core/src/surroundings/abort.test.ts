import { describe, expect, test } from "vitest";
import { type SignalWatch, watchSignals } from "../../tests/watch-signals.ts";
import { follow, orAborted } from "./abort.ts";

/** A test with a watch over signals: begun in the test itself, because the test runner listens to signals too. */
const watched = (body: (watch: SignalWatch) => unknown) => async (): Promise<void> => {
  const watch = watchSignals();
  try {
    await body(watch);
  } finally {
    watch.stop();
  }
};

const never = () => new Promise<never>(() => {});

describe("orAborted", () => {
  test(
    "gives what the promise gives, and stops listening",
    watched(async (watch) => {
      const { signal } = new AbortController();
      expect(await orAborted(Promise.resolve(1), signal)).toBe(1);
      await expect(orAborted(Promise.reject(new Error("broken")), signal)).rejects.toThrow("broken");
      expect(watch.waiting).toBe(0);
    }),
  );

  test(
    "rejects with the signal's reason as soon as it aborts, and stops listening",
    watched(async (watch) => {
      const controller = new AbortController();
      const waiting = orAborted(never(), controller.signal);
      expect(watch.waiting).toBe(1);
      controller.abort("enough");
      await expect(waiting).rejects.toBe("enough");
      expect(watch.waiting).toBe(0);
    }),
  );

  test(
    "rejects at once where the signal has aborted, without listening",
    watched(async (watch) => {
      await expect(orAborted(Promise.resolve(1), AbortSignal.abort("enough"))).rejects.toBe("enough");
      expect(watch.waiting).toBe(0);
    }),
  );

  test("swallows a rejection that comes after everybody has left", async () => {
    const unhandled: unknown[] = [];
    const listener = (error: unknown) => unhandled.push(error);
    process.on("unhandledRejection", listener);
    const controller = new AbortController();
    const late = new Promise<never>((_, reject) => setImmediate(() => reject(new Error("late"))));
    const other = new Promise<never>((_, reject) => setImmediate(() => reject(new Error("late"))));
    const waiting = orAborted(late, controller.signal);
    controller.abort("enough");
    await expect(waiting).rejects.toBe("enough");
    await expect(orAborted(other, controller.signal)).rejects.toBe("enough");
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", listener);
    expect(unhandled).toEqual([]);
  });

  test("is the promise itself without a signal", () => {
    const promise = Promise.resolve(1);
    expect(orAborted(promise, undefined)).toBe(promise);
  });

  test(
    "leaves no listener on a signal that outlives many waits",
    watched(async (watch) => {
      const { signal } = new AbortController();
      for (let wait = 0; wait < 100; wait++) await orAborted(Promise.resolve(wait), signal);
      expect(watch.waiting).toBe(0);
    }),
  );
});

describe("follow", () => {
  test(
    "aborts the controller when the signal does, with its reason",
    watched((watch) => {
      const leader = new AbortController();
      const follower = new AbortController();
      follow(leader.signal, follower);
      leader.abort("enough");
      expect(follower.signal.reason).toBe("enough");
      expect(watch.waiting).toBe(0);
    }),
  );

  test(
    "aborts it at once where the signal has aborted",
    watched((watch) => {
      const follower = new AbortController();
      follow(AbortSignal.abort("enough"), follower)();
      expect(follower.signal.reason).toBe("enough");
      expect(watch.waiting).toBe(0);
    }),
  );

  test(
    "can be undone, and then leaves no listener",
    watched((watch) => {
      const leader = new AbortController();
      const follower = new AbortController();
      const undo = follow(leader.signal, follower);
      expect(watch.waiting).toBe(1);
      undo();
      leader.abort("enough");
      expect(follower.signal.aborted).toBe(false);
      expect(watch.waiting).toBe(0);
    }),
  );

  test("does nothing without a signal", () => {
    const follower = new AbortController();
    follow(undefined, follower)();
    expect(follower.signal.aborted).toBe(false);
  });
});
