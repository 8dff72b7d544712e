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

test("as many threads compute as other programs leave cores free, and never none", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  const after = (others: number, own: number) => {
    pass(1000, others, own);
    share.adjust();
    return limit.maxThreads;
  };
  expect(limit.maxThreads).toBe(3);
  expect(after(0.1, 3)).toBe(4);
  expect(after(0.9, 3.1)).toBe(3);
  expect(after(2.5, 1.5)).toBe(1);
  expect(after(4, 0)).toBe(1);
  expect(after(0, 1)).toBe(4);
});

test("looks that are too close together change nothing, and are added up", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  for (let times = 0; times < 3; times += 1) {
    pass(50, 3);
    expect(limit.maxThreads).toBe(3);
    share.adjust();
  }
  expect(limit.maxThreads).toBe(1);
});

test("while two calls compute nothing is changed, because one of them may hold threads", () => {
  const { look, pass } = machine();
  const limit = { maxThreads: 0 };
  const share = createCoreShare(limit, 4, look);
  const leaves = [share.enter(), share.enter()];
  pass(1000, 3);
  share.adjust();
  expect(limit.maxThreads).toBe(3);
  leaves[0]?.();
  share.adjust();
  expect(limit.maxThreads).toBe(1);
});

test("a machine that tells nothing of its cores leaves the number as it is", () => {
  const nothing = { busyMs: 0, ownMs: 0, totalMs: 0, cores: 0 };
  expect(freeCores(nothing, nothing)).toBeUndefined();
});
