import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { createMemoryRunStore } from "../src/store/memory-run-store.ts";
import type { RunCommit } from "../src/store/run-store.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const RAW = chainOf({ handler: "raw_string" });

function setUp(more: RuntimeOptions = {}) {
  const clock = createVirtualClock();
  const backend = scriptedBackend({ clock });
  return { clock, backend, runtime: createRuntime({ backends: [backend], clock, ...more }) };
}

describe("cancel", () => {
  test("ends the run at once, aborts the model call, and says why", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true });
    const run = runtime.start(RAW, "Hi");
    const events = readAll(run.events({ deltas: false }));
    await clock.advance(5);
    run.cancel("the customer left");
    expect(await run.result()).toMatchObject({
      status: "cancelled",
      error: {
        code: "run_cancelled",
        failure: "cancelled",
        message: "the run was cancelled: the customer left",
        run: { runId: run.id, steps: [{ attempt: 1, durationMs: 5, error: { code: "run_cancelled" } }] },
      },
    });
    expect(backend.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect((await events).map(({ kind }) => kind)).toEqual([
      "run_started",
      "step_started",
      "step_failed",
      "run_cancelled",
    ]);
    expect(clock.pending).toBe(0);
  });

  test("leaves who was being asked in the record of the step, also where the store is slow", async () => {
    const slow = createMemoryRunStore();
    const commit = slow.commit.bind(slow);
    slow.commit = async (given: RunCommit) => commit(given);
    for (const store of [createMemoryRunStore(), slow]) {
      const { clock, backend, runtime } = setUp({ store });
      backend.reply({ hang: true });
      const run = runtime.start(RAW, "Hi");
      await clock.advance(5);
      run.cancel("the customer left");
      const { status, steps } = await run.result();
      expect({ status, steps }).toMatchObject({
        status: "cancelled",
        steps: [
          {
            model: "scripted",
            backend: "scripted",
            route: { tried: [{ backend: "scripted", durationMs: 5, error: { failure: "cancelled" } }] },
            error: { code: "run_cancelled" },
          },
        ],
      });
      expect(steps).toHaveLength(1);
      expect(clock.pending).toBe(0);
    }
  });

  test("does not enter on_failure, and is not tried again", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true });
    const rescue = { id: "rescue", handler: "noop" };
    const chain = chainOf([
      { id: "a", handler: "raw_string", retry_on_failure: 5, transition: to("end", "rescue") },
      rescue,
    ]);
    const run = runtime.start(chain, "Hi");
    await clock.advance(0);
    run.cancel();
    expect(await run.result()).toMatchObject({ status: "cancelled", steps: [{ taskId: "a", attempt: 1 }] });
    backend.expectCalls(1);
  });

  test("ends the pause before a retry", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ error: { status: 503 } });
    const run = runtime.start(
      chainOf({ handler: "raw_string", retry: { max: 1, backoff: "20s", jitter: false } }),
      "Hi",
    );
    await clock.advance(10_000);
    expect(clock.pending).toBe(1);
    run.cancel();
    expect(await run.result()).toMatchObject({ status: "cancelled", steps: [{ attempt: 1 }] });
    expect(clock.pending).toBe(0);
    await clock.advance(60_000);
    backend.expectCalls(1);
  });

  test("before the run has begun lets no task run", async () => {
    const hook = vi.fn(() => "ok");
    const { runtime } = setUp({ hooks: { act: hook } });
    const run = runtime.start(chainOf({ handler: "hook", hook: { name: "act" } }), "Hi");
    run.cancel();
    expect(await run.result()).toMatchObject({ status: "cancelled" });
    expect(hook).not.toHaveBeenCalled();
  });

  test("by a listener, in the middle of tasks that wait for nothing, lets no further one run", async () => {
    const { runtime } = setUp();
    const tasks = ["a", "b", "c"].map((id, at, all) => ({ id, handler: "noop", transition: to(all[at + 1] ?? "end") }));
    runtime.on("step_completed", ({ runId, step }) => step.taskId === "a" && runtime.runs.cancel(runId));
    const result = await runtime.start(chainOf(tasks), "Hi").result();
    expect(result).toMatchObject({ status: "cancelled" });
    expect(result.steps.map(({ taskId }) => taskId)).toEqual(["a"]);
  });

  test("of a run that is over changes nothing", async () => {
    const { runtime } = setUp();
    const run = runtime.start(RAW, "Hi");
    const result = await run.result();
    run.cancel();
    run.cancel();
    expect(await run.result()).toBe(result);
    expect(runtime.runs.cancel(run.id)).toBe(false);
    expect(runtime.runs.cancel("nobody")).toBe(false);
  });

  test("reaches readers of the text as an error, after what they could read", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ text: "one", hang: true });
    const run = runtime.start(RAW, "Hi");
    const seen: string[] = [];
    const reading = (async () => {
      for await (const piece of run.textStream) seen.push(piece);
    })();
    const failed = errorOf(reading);
    await clock.advance(0);
    run.cancel();
    expect((await failed).code).toBe("run_cancelled");
    expect(seen).toEqual(["one"]);
  });

  test("by id ends only that run", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true }, { text: "fine", delayMs: 5 });
    const [first, second] = [runtime.start(RAW, "1"), runtime.start(RAW, "2")];
    await clock.advance(0);
    expect(runtime.runs.cancel(first.id, "enough")).toBe(true);
    await clock.runAll();
    expect(await first.result()).toMatchObject({ status: "cancelled" });
    expect(await second.result()).toMatchObject({ status: "ok", output: "fine" });
  });
});

describe("the caller's signal", () => {
  test("cancels the run when it aborts, for the reason that it gives", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true });
    const aborter = new AbortController();
    const failed = errorOf(runtime.run(RAW, "Hi", { signal: aborter.signal }));
    await clock.advance(0);
    aborter.abort(new Error("the request was closed"));
    expect(await failed).toMatchObject({
      code: "run_cancelled",
      message: "the run was cancelled: the request was closed",
    });
  });

  test("that has aborted before lets no task run", async () => {
    const hook = vi.fn(() => "ok");
    const { runtime } = setUp({ hooks: { act: hook } });
    const chain = chainOf({ handler: "hook", hook: { name: "act" } });
    expect((await errorOf(runtime.run(chain, "Hi", { signal: AbortSignal.abort("gone") }))).code).toBe("run_cancelled");
    expect(hook).not.toHaveBeenCalled();
  });

  test("is let go when the run is over", async () => {
    const { runtime } = setUp();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, "addEventListener");
    const removed = vi.spyOn(signal, "removeEventListener");
    await runtime.run(RAW, "Hi", { signal });
    await Promise.resolve();
    expect(added).toHaveBeenCalledTimes(1);
    expect(removed.mock.calls.map((call) => call[1])).toContain(added.mock.calls[0]?.[1]);
  });
});

describe("close", () => {
  test("ends the runs that are under way, waits for them, and lets nothing begin", async () => {
    const { clock, backend, runtime } = setUp();
    backend.reply({ hang: true }, { hang: true });
    const runs = [runtime.start(RAW, "1"), runtime.start(RAW, "2")];
    const seen: string[] = [];
    runtime.on("run_cancelled", ({ reason }) => seen.push(reason));
    await clock.advance(0);
    await runtime.close();
    expect(seen).toEqual(["the runtime was closed", "the runtime was closed"]);
    for (const run of runs) expect(await run.result()).toMatchObject({ status: "cancelled" });
    for (const act of [
      () => runtime.run(RAW, "Hi"),
      () => runtime.prompt("Hi"),
      () => runtime.chat([{ role: "user", content: "Hi", timestamp: "" }]),
      () => runtime.embed("Hi"),
      async () => runtime.start(RAW, "Hi"),
    ]) {
      expect((await errorOf(act())).code).toBe("runtime_closed");
    }
    await runtime.close();
  });

  test("is what `await using` does at the end of its block", async () => {
    const { backend, runtime: kept } = setUp();
    backend.reply({ hang: true });
    let run: ReturnType<typeof kept.start> | undefined;
    {
      await using runtime = kept;
      run = runtime.start(RAW, "Hi");
    }
    expect(await run.result()).toMatchObject({ status: "cancelled" });
  });
});
