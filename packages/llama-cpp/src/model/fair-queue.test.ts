import fc from "fast-check";
import { expect, test } from "vitest";
import { createFairQueue } from "./fair-queue.ts";

interface Place {
  readonly number: number;
}
const places = (count: number): Place[] => Array.from({ length: count }, (_, number) => ({ number }));
const left = new Error("left");

test("a free place is given at once, and one that is taken when it is given back", async () => {
  const [one] = places(1);
  if (one === undefined) throw new Error("there is one");
  const queue = createFairQueue([one]);
  expect(await queue.acquire()).toBe(one);
  const waiting = queue.acquire();
  expect(queue.waiting).toBe(1);
  queue.release(one);
  expect(await waiting).toBe(one);
  expect(queue.waiting).toBe(0);
});

test("of several free places the asker may choose one", async () => {
  const queue = createFairQueue(places(3));
  expect(await queue.acquire(undefined, (free) => free.at(-1) ?? { number: -1 })).toEqual({ number: 2 });
  expect(await queue.acquire()).toEqual({ number: 0 });
});

test("who is aborted while waiting rejects with the reason, leaves the queue, and no listener behind", async () => {
  const queue = createFairQueue(places(1));
  const place = await queue.acquire();
  const controller = new AbortController();
  const aborted = queue.acquire(controller.signal);
  const next = queue.acquire(new AbortController().signal);
  controller.abort(left);
  await expect(aborted).rejects.toBe(left);
  expect(queue.waiting).toBe(1);
  queue.release(place);
  expect(await next).toBe(place);
  await expect(queue.acquire(AbortSignal.abort(left))).rejects.toBe(left);
});

test("places are given in the order of asking, whoever leaves in between, and none is lost or given twice", async () => {
  const step = fc.record({ leaves: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 30 }), async (count, steps) => {
      const queue = createFairQueue(places(count));
      const served: number[] = [];
      const inUse = new Set<object>();
      const calls = steps.map(async ({ leaves }, number) => {
        const controller = new AbortController();
        const waiting = queue.acquire(controller.signal);
        if (leaves) controller.abort(left);
        const place = await waiting.catch(() => undefined);
        if (place === undefined) return;
        expect(inUse.has(place)).toBe(false);
        inUse.add(place);
        served.push(number);
        await Promise.resolve();
        inUse.delete(place);
        queue.release(place);
      });
      await Promise.all(calls);
      expect(served).toEqual([...served].sort((one, other) => one - other));
      expect(queue.waiting).toBe(0);
      const all = await Promise.all(places(count).map(() => queue.acquire()));
      expect(new Set(all).size).toBe(count);
    }),
  );
});
