import { describe, expect, test, vi } from "vitest";
import { TypedEmitter } from "./typed-emitter.ts";

interface Events {
  readonly one: number;
  readonly two: string;
}

function emitterWith(onError: (error: unknown, name: string) => void = () => {}): TypedEmitter<Events> {
  return new TypedEmitter<Events>(onError);
}

test("listeners of a name are called in the order in which they were added, and no others", () => {
  const emitter = emitterWith();
  const heard: string[] = [];
  emitter.on("one", (value) => heard.push(`first ${value}`));
  emitter.on("two", (value) => heard.push(value));
  emitter.on("one", (value) => heard.push(`second ${value}`));
  emitter.emit("one", 1);
  expect(heard).toEqual(["first 1", "second 1"]);
});

test("a listener that was added twice is called twice, and each is removed alone", () => {
  const emitter = emitterWith();
  const listener = vi.fn();
  const stop = emitter.on("one", listener);
  emitter.on("one", listener);
  emitter.emit("one", 1);
  stop();
  stop();
  emitter.emit("one", 2);
  expect(listener.mock.calls).toEqual([[1], [1], [2]]);
});

test("a listener that removes itself or adds another is heard to the end", () => {
  const emitter = emitterWith();
  const heard: string[] = [];
  const stop = emitter.on("one", () => {
    heard.push("once");
    stop();
    emitter.on("one", () => heard.push("later"));
  });
  emitter.on("one", () => heard.push("always"));
  emitter.emit("one", 1);
  emitter.emit("one", 2);
  expect(heard).toEqual(["once", "always", "always", "later"]);
});

test("it is known whether anybody listens", () => {
  const emitter = emitterWith();
  expect(emitter.has("one")).toBe(false);
  const stop = emitter.on("one", () => {});
  expect(emitter.has("one")).toBe(true);
  expect(emitter.has("two")).toBe(false);
  stop();
  expect(emitter.has("one")).toBe(false);
});

test("nobody hears anything once all are removed", () => {
  const emitter = emitterWith();
  const listener = vi.fn();
  emitter.on("one", listener);
  emitter.clear();
  emitter.emit("one", 1);
  expect(listener).not.toHaveBeenCalled();
});

describe("a listener that fails", () => {
  test("by throwing is reported with the name, and the others are called", () => {
    const onError = vi.fn();
    const emitter = emitterWith(onError);
    const after = vi.fn();
    const error = new Error("broken");
    emitter.on("one", () => {
      throw error;
    });
    emitter.on("one", after);
    emitter.emit("one", 1);
    expect(onError.mock.calls).toEqual([[error, "one"]]);
    expect(after).toHaveBeenCalledTimes(1);
  });

  test("by a promise that rejects is reported too", async () => {
    const onError = vi.fn();
    const emitter = emitterWith(onError);
    const error = new Error("broken");
    emitter.on("two", async () => {
      throw error;
    });
    emitter.emit("two", "x");
    await vi.waitFor(() => expect(onError.mock.calls).toEqual([[error, "two"]]));
  });

  test("by a thenable that is no promise is reported too", async () => {
    const onError = vi.fn();
    const emitter = emitterWith(onError);
    const error = new Error("broken");
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested.
    emitter.on("two", () => ({ then: (_done: unknown, fail: (error: unknown) => void) => fail(error) }));
    emitter.emit("two", "x");
    await vi.waitFor(() => expect(onError.mock.calls).toEqual([[error, "two"]]));
  });

  test("breaks nothing where reporting it fails as well", async () => {
    const onError = vi.fn(() => {
      throw new Error("the logger is broken");
    });
    const emitter = emitterWith(onError);
    const after = vi.fn();
    emitter.on("one", () => {
      throw new Error("broken");
    });
    emitter.on("one", () => Promise.reject(new Error("broken")));
    emitter.on("one", after);
    emitter.emit("one", 1);
    await vi.waitFor(() => expect(onError).toHaveBeenCalledTimes(2));
    expect(after).toHaveBeenCalledTimes(1);
  });
});

test.each([undefined, null, 5, "listener", {}])("%j is no listener, and is refused when it is added", (listener) => {
  const emitter = emitterWith();
  // Safe: a listener of another type is what is tested.
  expect(() => emitter.on("one", listener as unknown as () => void)).toThrow(
    expect.objectContaining({ code: "input_invalid", message: expect.stringContaining("a function") }),
  );
  expect(emitter.has("one")).toBe(false);
});
