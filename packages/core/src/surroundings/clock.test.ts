import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "./clock.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});

afterEach(() => {
  vi.useRealTimers();
});

test("tells the host's time", () => {
  expect(systemClock.now()).toBe(1_700_000_000_000);
});

test("calls back once, when the delay is over", () => {
  const callback = vi.fn();
  systemClock.setTimer(100, callback);
  vi.advanceTimersByTime(99);
  expect(callback).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(callback).toHaveBeenCalledTimes(1);
});

test("does not call back once the timer was stopped, and stopping it again is harmless", () => {
  const callback = vi.fn();
  const stop = systemClock.setTimer(100, callback);
  stop();
  stop();
  vi.advanceTimersByTime(1000);
  expect(callback).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test("a delay that is too long for the host does not fire at once", () => {
  const callback = vi.fn();
  systemClock.setTimer(1e12, callback);
  vi.advanceTimersByTime(60_000);
  expect(callback).not.toHaveBeenCalled();
});

test("a timer in the background does not keep the process alive; another one does", () => {
  vi.useRealTimers();
  const unref = vi.fn();
  const timer = vi.spyOn(globalThis, "setTimeout").mockReturnValue({ unref } as never);
  systemClock.setTimer(1, () => {});
  expect(unref).not.toHaveBeenCalled();
  systemClock.setTimer(1, () => {}, true);
  expect(unref).toHaveBeenCalledTimes(1);
  timer.mockRestore();
});
