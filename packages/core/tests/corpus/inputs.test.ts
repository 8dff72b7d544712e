import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { CatenaryError, type Logger, RunFailedError } from "../../src/index.ts";
import { type BadCall, create, noop, type Untyped } from "./bad-call.ts";
import { CALLS } from "./bad-calls.ts";
import { CODE } from "./bad-code.ts";
import { OPTIONS } from "./bad-options.ts";
import { RUNS } from "./bad-runs.ts";

function runtime(): Untyped {
  // Safe: the same object, without its types.
  return create({ backends: [scriptedBackend()], chains: [noop] }) as unknown as Untyped;
}

/** What a call throws or rejects with. */
async function errorOf({ call }: BadCall): Promise<unknown> {
  try {
    await call(runtime());
  } catch (error) {
    return error;
  }
  return "nothing was thrown";
}

function expectOurs(error: unknown, { code, says }: BadCall): void {
  expect(error).toMatchObject({ code });
  expect(CatenaryError.isInstance(error)).toBe(true);
  if (!CatenaryError.isInstance(error)) return;
  expect(error.message).not.toBe("");
  if (says !== undefined) expect(error.message).toMatch(says);
  expect(() => JSON.stringify(error)).not.toThrow();
}

describe.each([
  ["createRuntime is given", OPTIONS],
  ["somebody calls", [...RUNS, ...CALLS]],
] as const)("%s", (_, calls) => {
  test.each(calls)("$name", async (bad) => {
    expectOurs(await errorOf(bad), bad);
  });
});

describe("code of users in a run is", () => {
  test.each(CODE)("$name", async (bad) => {
    const error = await errorOf(bad);
    expect(error).toBeInstanceOf(RunFailedError);
    if (!(error instanceof RunFailedError)) return;
    const { steps } = error.run;
    expect(steps).toMatchObject([{ error: { code: bad.code } }]);
    if (bad.says !== undefined) expect(steps[0]?.error?.message).toMatch(bad.says);
    expect(() => JSON.stringify([error, error.run])).not.toThrow();
  });
});

describe("after it was closed a runtime starts nothing", () => {
  test.each([
    ["run", (closed: Untyped) => closed.run(noop, "in")],
    ["start", (closed: Untyped) => closed.start(noop, "in")],
    ["prompt", (closed: Untyped) => closed.prompt("hi")],
    ["chat", (closed: Untyped) => closed.chat([{ role: "user", content: "hi" }])],
    ["embed", (closed: Untyped) => closed.embed("hi")],
  ])("%s", async (_, call) => {
    const closed = runtime();
    await closed.close();
    await closed.close();
    const error = await errorOf({ name: "", call: () => call(closed), code: "" });
    expect(error).toMatchObject({ code: "runtime_closed" });
  });
});

describe("what is odd and harms nobody", () => {
  test("a listener that throws, one that rejects, and a logger that throws do not break a run", async () => {
    const log = vi.fn(() => {
      throw new Error("the logger is broken");
    });
    const logger: Logger = { log };
    const noisy = create({ logger });
    noisy.on("*", () => {
      throw new Error("the listener is broken");
    });
    noisy.on("run_started", () => Promise.reject(new Error("the listener is broken")));
    await expect(noisy.run(noop, "in")).resolves.toMatchObject({ output: "in" });
    expect(log).toHaveBeenCalled();
  });

  test.each([undefined, null, 5, Symbol("why"), {}, Object.create(null)])(
    "any reason to cancel is one",
    async (reason) => {
      const handle = runtime().start(noop, "in");
      // Safe: a reason of another type is what is tested.
      handle.cancel(reason as unknown as string);
      expect(await handle.result()).toMatchObject({ status: "cancelled", error: { code: "run_cancelled" } });
    },
  );

  test("a signal may abort for any reason", async () => {
    const controller = new AbortController();
    const handle = runtime().start(noop, "in", { signal: controller.signal });
    controller.abort(Object.create(null));
    expect(await handle.result()).toMatchObject({ status: "cancelled" });
  });

  test("null as range of runs is no range", async () => {
    expect(await runtime().runs.list(null)).toEqual([]);
  });

  test("a run that was refused does not keep the runtime from closing", async () => {
    const refusing = runtime();
    await expect(refusing.run(noop, "in", { signal: {} })).rejects.toMatchObject({ code: "input_invalid" });
    await refusing.close();
  });

  test("null as options of events is no options", async () => {
    const handle = runtime().start(noop, "in");
    const kinds: string[] = [];
    // Safe: options of another type are what is tested.
    for await (const { kind } of handle.events(null as unknown as undefined)) kinds.push(kind);
    expect(kinds).toContain("run_completed");
  });
});

test("the corpus has each call once", () => {
  const names = [...OPTIONS, ...RUNS, ...CALLS, ...CODE].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
