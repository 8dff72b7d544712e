import { expect, test } from "vitest";
import { createCoreShare } from "./core-share.ts";
import { freeCores } from "./free-cores.ts";

/** A machine of four cores whose clock is moved by hand. */
function machine() {
  const times = { busyMs: 0, ownMs: 0, totalMs: 0, cores: 4 };
  return {
    look: () => ({ ...times }),
    /** @param others, own Cores that are busy meanwhile. */
    pass(ms: number, others: number, own = 0) {
      times.totalMs += ms * times.cores;
      times.busyMs += ms * (others + own);
      times.ownMs += ms * own;
    },
  };
}

test("one thread less computes than other programs leave cores free, and never none", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const { adjust } = createCoreShare(limit, 4, look).enter();
  const after = (others: number, own: number) => {
    pass(1000, others, own);
    adjust();
    return limit.maxThreads;
  };
  expect(limit.maxThreads).toBe(3);
  expect(after(0.1, 3)).toBe(3);
  expect(after(0.9, 3.1)).toBe(2);
  expect(after(2.5, 1.5)).toBe(1);
  expect(after(4, 0)).toBe(1);
  expect(after(0, 1)).toBe(3);
});

test("looks that are too close together change nothing, and are added up", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const { adjust } = createCoreShare(limit, 4, look).enter();
  for (let times = 0; times < 3; times += 1) {
    pass(50, 3);
    expect(limit.maxThreads).toBe(3);
    adjust();
  }
  expect(limit.maxThreads).toBe(1);
});

test("while two calls compute nothing is changed, because one of them may hold threads", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  const [one, other] = [share.enter(), share.enter(1)];
  pass(1000, 3);
  one.adjust();
  other.adjust();
  expect(limit.maxThreads).toBe(3);
  other.leave();
  other.leave();
  one.adjust();
  expect(limit.maxThreads).toBe(1);
});

test("a call that wants a number of threads has it, and the next one what is free", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  const fixed = share.enter(2);
  pass(1000, 4);
  fixed.adjust();
  expect(limit.maxThreads).toBe(2);
  fixed.leave();
  share.enter();
  expect(limit.maxThreads).toBe(1);
});

test("a context is made without a limit, which would be its own for ever, and the one that was is back then", async () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  const lease = share.enter();
  const seen: number[] = [];
  const made = Promise.withResolvers<string>();
  const making = share.withoutLimit(() => {
    seen.push(limit.maxThreads);
    return made.promise;
  });
  pass(1000, 4);
  lease.adjust();
  seen.push(limit.maxThreads);
  const failing = share.withoutLimit(() => Promise.reject(new Error("no memory")));
  await expect(failing).rejects.toThrow("no memory");
  seen.push(limit.maxThreads);
  made.resolve("a context");
  expect(await making).toBe("a context");
  expect([...seen, limit.maxThreads]).toEqual([0, 0, 0, 3]);
  lease.adjust();
  expect(limit.maxThreads).toBe(1);
});

test("a machine that tells nothing of its cores leaves the number as it is", () => {
  const nothing = { busyMs: 0, ownMs: 0, totalMs: 0, cores: 0 };
  expect(freeCores(nothing, nothing)).toBeUndefined();
});
