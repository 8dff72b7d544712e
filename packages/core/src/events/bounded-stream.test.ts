import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { BoundedStream, type BoundedStreamOptions } from "./bounded-stream.ts";

type Item = number | string;

function streamOf(capacity: number, more: Partial<BoundedStreamOptions<Item>> = {}): BoundedStream<Item> {
  return new BoundedStream<Item>({ capacity, dropped: (count) => `dropped ${count}`, ...more });
}

async function readAll(stream: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe("reading", () => {
  test("gives what was pushed before and after, in order, until the end", async () => {
    const stream = streamOf(10);
    stream.push(1);
    const all = readAll(stream);
    stream.push(2);
    await Promise.resolve();
    stream.push(3);
    stream.end();
    expect(await all).toEqual([1, 2, 3]);
  });

  test("waits where there is nothing", async () => {
    const stream = streamOf(10);
    const next = stream.next();
    stream.push(1);
    expect(await next).toEqual({ done: false, value: 1 });
  });

  test("ends at once where the stream has ended, again and again", async () => {
    const stream = streamOf(10);
    stream.end();
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  test("ends where the stream ends while it waits", async () => {
    const stream = streamOf(10);
    const next = stream.next();
    stream.end();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test("gives what still waits after the end, and nothing that is pushed later", async () => {
    const stream = streamOf(10);
    stream.push(1);
    stream.end();
    stream.push(2);
    expect(await readAll(stream)).toEqual([1]);
  });

  test("twice at the same time gives each caller its own value", async () => {
    const stream = streamOf(10);
    const both = Promise.all([stream.next(), stream.next()]);
    stream.push(1);
    stream.push(2);
    stream.end();
    expect(await both).toEqual([
      { done: false, value: 1 },
      { done: false, value: 2 },
    ]);
  });
});

describe("a slow reader", () => {
  test("loses the oldest, and is told how many before the rest", async () => {
    const stream = streamOf(3);
    for (let item = 1; item <= 8; item++) stream.push(item);
    stream.end();
    expect(await readAll(stream)).toEqual(["dropped 5", 6, 7, 8]);
  });

  test("is told of each loss once", async () => {
    const stream = streamOf(1);
    stream.push(1);
    stream.push(2);
    expect((await stream.next()).value).toBe("dropped 1");
    stream.push(3);
    expect((await stream.next()).value).toBe("dropped 1");
    expect((await stream.next()).value).toBe(3);
  });

  test("loses nothing as long as it keeps up", async () => {
    const stream = streamOf(2);
    for (let item = 1; item <= 100; item++) {
      stream.push(item);
      expect((await stream.next()).value).toBe(item);
    }
  });

  test("gets every value or is told that it is gone, and never has more waiting than the capacity", async () => {
    const action = fc.oneof(fc.constant("push" as const), fc.constant("read" as const));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.array(action, { maxLength: 40 }),
        async (capacity, actions) => {
          const stream = streamOf(capacity);
          const read: Item[] = [];
          let pushed = 0;
          for (const act of actions) {
            if (act === "push") stream.push(++pushed);
            else if (pushed > read.reduce<number>((sum, item) => sum + worth(item), 0))
              read.push((await stream.next()).value);
          }
          stream.end();
          const rest = await readAll(stream);
          expect(rest.filter((item) => typeof item === "number").length).toBeLessThanOrEqual(capacity);
          const all = [...read, ...rest];
          expect(all.reduce<number>((sum, item) => sum + worth(item), 0)).toBe(pushed);
          let last = 0;
          for (const item of all) {
            last += worth(item);
            if (typeof item === "number") expect(item).toBe(last);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** How many pushed values an item stands for. */
function worth(item: Item): number {
  return typeof item === "number" ? 1 : Number(item.replace("dropped ", ""));
}

describe("merging", () => {
  const sum = (last: Item, next: Item): Item | undefined =>
    typeof last === "string" && typeof next === "string" ? last + next : undefined;

  test("begins once half of the capacity is used, and joins neighbours only", async () => {
    const stream = streamOf(4, { merge: sum });
    for (const item of ["a", "b", "c", "d", 1, "e", "f"]) stream.push(item);
    stream.end();
    expect(await readAll(stream)).toEqual(["a", "bcd", 1, "ef"]);
  });

  test("loses nothing of what can be merged, however slow the reader is", async () => {
    const stream = streamOf(2, { merge: sum });
    for (let count = 0; count < 1000; count++) stream.push("x");
    stream.end();
    expect((await readAll(stream)).join("")).toHaveLength(1000);
  });

  test("is not tried while the reader keeps up", async () => {
    const merge = vi.fn(sum);
    const stream = streamOf(10, { merge });
    for (const item of ["a", "b", "c"]) stream.push(item);
    expect(merge).not.toHaveBeenCalled();
  });
});

describe("closing", () => {
  test("is told once, when the stream ends or its reader leaves", async () => {
    for (const leave of ["end", "return"] as const) {
      const onClose = vi.fn();
      const stream = streamOf(3, { onClose });
      await stream[leave]();
      await stream.return();
      stream.end();
      expect(onClose).toHaveBeenCalledTimes(1);
    }
  });

  test("a reader that leaves drops what waits, and ends whoever waits", async () => {
    const onClose = vi.fn();
    const stream = streamOf(3, { onClose });
    stream.push(1);
    expect(await stream.return()).toEqual({ done: true, value: undefined });
    stream.push(2);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    const waiting = streamOf(3);
    const next = waiting.next();
    await waiting.return();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  test("a loop that is left frees the stream", async () => {
    const onClose = vi.fn();
    const stream = streamOf(3, { onClose });
    stream.push(1);
    stream.push(2);
    for await (const item of stream) if (item === 1) break;
    expect(onClose).toHaveBeenCalledTimes(1);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });
});
