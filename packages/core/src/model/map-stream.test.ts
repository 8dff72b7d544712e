import { expect, test, vi } from "vitest";
import { mapStream } from "./map-stream.ts";

/** A stream of the numbers from 1, without an end. */
function numbers() {
  let pulled = 0;
  const cancelled = vi.fn();
  const stream = new ReadableStream<number>(
    { pull: (controller) => controller.enqueue(++pulled), cancel: cancelled },
    { highWaterMark: 0 },
  );
  return { stream, cancelled, pulled: () => pulled };
}

/** Lets everything happen that waits for nothing. */
const turn = () => new Promise((resolve) => setTimeout(resolve));

test("gives what the function makes of each part, and reads no part ahead of what is asked for", async () => {
  const source = numbers();
  const reader = mapStream(source.stream, (number) => number * 10).getReader();
  await turn();
  expect(source.pulled()).toBe(0);
  expect(await reader.read()).toEqual({ done: false, value: 10 });
  expect(await reader.read()).toEqual({ done: false, value: 20 });
  await turn();
  expect(source.pulled()).toBe(2);
});

test("ends where the source ends", async () => {
  const source = new ReadableStream<string>({ start: (controller) => controller.close() });
  expect(
    await mapStream(source, (text) => text)
      .getReader()
      .read(),
  ).toEqual({ done: true, value: undefined });
});

test("leaves the source with the reason with which it is left", async () => {
  const source = numbers();
  await mapStream(source.stream, (number) => number).cancel("enough");
  expect(source.cancelled).toHaveBeenCalledWith("enough");
});

test("fails with the source's error, or what is made of it", async () => {
  const failing = () => new ReadableStream({ pull: (controller) => controller.error(new Error("broken")) });
  const same = mapStream(failing(), (part) => part);
  await expect(same.getReader().read()).rejects.toThrow("broken");
  const other = mapStream(
    failing(),
    (part) => part,
    (error) => new Error("translated", { cause: error }),
  );
  await expect(other.getReader().read()).rejects.toThrow("translated");
});

test("leaves the source where the function throws", async () => {
  const source = numbers();
  const odd = new Error("odd");
  const failing = mapStream(source.stream, () => {
    throw odd;
  });
  await expect(failing.getReader().read()).rejects.toBe(odd);
  expect(source.cancelled).toHaveBeenCalledWith(odd);
});
