import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import { errorOf } from "./fixtures/error-of.ts";

/** Two backends of a group with one place each, which two calls hold for 20 and 10 seconds, and a call that waits. */
async function setUp() {
  const clock = createVirtualClock();
  const on = (id: string, delayMs: number): Backend => ({
    ...scriptedBackend({ id, clock, models: ["m"], replies: () => ({ text: id, delayMs }) }),
    routing: { concurrency: 1 },
  });
  const runtime = createRuntime({
    clock,
    backends: [on("a", 20_000), on("b", 10_000)],
    groups: [{ id: "g", backends: ["a", "b"] }],
    defaults: { policy: "ordered" },
  });
  const holders = [runtime.prompt("1"), runtime.prompt("2")];
  await clock.advance(1);
  let waited: unknown;
  const ask = () =>
    runtime.prompt("3", { routing: { group: "g" } }).then(
      ({ backend }) => {
        waited = backend;
      },
      (error: unknown) => {
        waited = error;
      },
    );
  void ask();
  await clock.advance(1);
  return { clock, runtime, on, holders, result: () => waited };
}

describe("a call that waits for a list of models", () => {
  /** One backend lists its models, the other does not answer; the call is held to a group of both, or to one that overflows. */
  async function askWhileOneIsSilent() {
    const clock = createVirtualClock();
    const silent: Backend = { ...scriptedBackend({ id: "silent", clock }), listModels: () => new Promise(() => {}) };
    const runtime = createRuntime({
      clock,
      backends: [scriptedBackend({ id: "a", clock, models: ["m"] }), silent],
      groups: [
        { id: "g", backends: ["a", "silent"] },
        { id: "h", backends: ["silent"], overflow: "g" },
      ],
    });
    const ask = (group: string) => errorOf(runtime.prompt("1", { routing: { group } }));
    return { clock, runtime, ask };
  }

  test("fails where its group is deleted meanwhile, and nothing else does", async () => {
    const { clock, runtime, ask } = await askWhileOneIsSilent();
    const failed = ask("g");
    await clock.advance(100);
    await runtime.groups.delete("g");
    await clock.advance(400);
    expect(await failed).toMatchObject({ code: "group_unknown", details: { group: "g" } });
  });

  test("fails where the overflow of its group is deleted meanwhile", async () => {
    const { clock, runtime, ask } = await askWhileOneIsSilent();
    const failed = ask("h");
    await clock.advance(100);
    await runtime.groups.delete("g");
    await clock.advance(400);
    expect(await failed).toMatchObject({ code: "group_unknown", details: { group: "h", overflow: "g" } });
  });

  test("fails where its group is gone when the list comes at last", async () => {
    const clock = createVirtualClock();
    let answer: (models: readonly { readonly id: string }[]) => void = () => {};
    const late: Backend = {
      ...scriptedBackend({ id: "late", clock }),
      listModels: () => new Promise((resolve) => (answer = resolve)),
    };
    const never: Backend = { ...scriptedBackend({ id: "never", clock }), listModels: () => new Promise(() => {}) };
    const runtime = createRuntime({ clock, backends: [late, never], groups: [{ id: "g", backends: ["late"] }] });
    const failed = errorOf(runtime.prompt("1", { routing: { group: "g" } }));
    await clock.advance(600);
    await runtime.groups.delete("g");
    answer([{ id: "m" }]);
    expect(await failed).toMatchObject({ code: "group_unknown" });
  });
});

describe("a call that waits", () => {
  test("does not go to a backend that was taken out of its group meanwhile", async () => {
    const { clock, runtime, result } = await setUp();
    await runtime.groups.update("g", { id: "g", backends: ["a"] });
    await clock.advance(15_000);
    expect(result()).toBeUndefined();
    await clock.advance(40_000);
    expect(result()).toBe("a");
  });

  test("goes to a backend that was added meanwhile, without waiting for a place", async () => {
    const { clock, runtime, on, result } = await setUp();
    await runtime.backends.create(on("c", 5));
    await runtime.groups.update("g", { id: "g", backends: ["a", "b", "c"] });
    await clock.advance(10);
    expect(result()).toBe("c");
  });

  test("fails at once where nobody is left that it could wait for, and says so", async () => {
    const { clock, runtime, result } = await setUp();
    await runtime.groups.update("g", { id: "g", backends: [] });
    await clock.advance(1);
    expect(result()).toMatchObject({
      failure: "unavailable",
      message: expect.stringContaining("the group g names no ba"),
    });
    await clock.advance(60_000);
    expect(clock.pending).toBe(0);
  });
});
