import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { CatenaryError } from "../src/errors/catenary-error.ts";
import { FAILURE_CLASSES, type FailureClass } from "../src/errors/failure-class.ts";
import type { Handler } from "../src/handler/handler.ts";
import type { RuntimeOptions } from "../src/run/runtime-options.ts";
import { chainOf, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const down = { error: { status: 503 } };

function setUp(replies: ScriptedBackendSettings["replies"], more: RuntimeOptions = {}) {
  const clock = createVirtualClock();
  const backend = scriptedBackend({ clock, ...(replies !== undefined && { replies }) });
  return {
    clock,
    backend,
    runtime: createRuntime({ backends: [backend], clock, random: () => 0.5, defaults: { policy: "ordered" }, ...more }),
  };
}

/** Runs one task to its end and gives how long it paused before each further attempt. */
async function pausesOf(
  task: Readonly<Record<string, unknown>>,
  replies: ScriptedBackendSettings["replies"],
  more: RuntimeOptions = {},
) {
  const { clock, backend, runtime } = setUp(replies, more);
  const pauses: number[] = [];
  runtime.on("step_retrying", ({ delayMs }) => pauses.push(delayMs));
  const run = runtime.start(
    chainOf({ handler: "raw_string", execute_config: { routing: { attempts: 20 } }, ...task }),
    "Hi",
  );
  await clock.runAll();
  const result = await run.result();
  expect(clock.pending).toBe(0);
  return { pauses, status: result.status, elapsed: clock.now(), calls: backend.calls.length, steps: result.steps };
}

describe("retry_on_failure", () => {
  test("makes further attempts at once, and every one has its record", async () => {
    const { pauses, status, elapsed, steps } = await pausesOf({ retry_on_failure: 3 }, [down, down, "fine"]);
    expect({ pauses, status, elapsed }).toEqual({ pauses: [0, 0], status: "ok", elapsed: 0 });
    expect(steps.map(({ key, attempt, error }) => [key, attempt, error?.failure])).toEqual([
      ["task#1", 1, "server_error"],
      ["task#1", 2, "server_error"],
      ["task#1", 3, undefined],
    ]);
  });

  test("makes no more than it says, and the error tells how many there were", async () => {
    const { runtime, backend } = setUp(Array(9).fill(down));
    const task = { handler: "raw_string", retry_on_failure: 4 };
    const error = await errorOf(runtime.run(chainOf(task), "Hi"));
    expect(error.message).toContain("task task failed after 5 attempts: ");
    backend.expectCalls(5);
  });

  test("without it there is one attempt", async () => {
    expect(await pausesOf({}, [down, "fine"])).toMatchObject({ pauses: [], status: "failed", calls: 1 });
  });

  test("does not wait although the server asks for it", async () => {
    const { pauses } = await pausesOf({ retry_on_failure: 1 }, [
      { error: { status: 429, retryAfterMs: 5_000 } },
      "fine",
    ]);
    expect(pauses).toEqual([0]);
  });

  test("gives the attempt the same input again, also where the reply could not be used", async () => {
    const { runtime, backend } = setUp(["no idea", "7"]);
    const task = { handler: "parse_number", prompt_template: "{{.input}}?", retry_on_failure: 1 };
    expect((await runtime.run(chainOf(task), "Hi")).output).toBe(7);
    backend.expectCalls([{ text: "Hi?" }, { text: "Hi?" }]);
  });
});

describe("retry", () => {
  test("doubles its pause, up to half a minute", async () => {
    const retry = { max: 8, backoff: "1s", jitter: false };
    const { pauses, elapsed } = await pausesOf({ retry }, Array(9).fill(down));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    expect(elapsed).toBe(pauses.reduce((sum, pause) => sum + pause));
  });

  test("begins with half a second and draws the pause where nothing else is said", async () => {
    const drawn = [0, 0.5, 0.999];
    const { pauses } = await pausesOf({ retry: { max: 3 } }, Array(4).fill(down), { random: () => drawn.shift() ?? 0 });
    expect(pauses).toEqual([0, 500, 1_998]);
  });

  test("waits as long as the server asks, up to a minute", async () => {
    const asked = (retryAfterMs: number) => ({ error: { status: 429, retryAfterMs } });
    const retry = { max: 3, backoff: "1s", jitter: false };
    const { pauses } = await pausesOf({ retry }, [asked(5_000), asked(500), asked(3_600_000), "fine"]);
    expect(pauses).toEqual([5_000, 2_000, 60_000]);
  });

  test("tries only the kinds of failure that it names", async () => {
    const retry = { max: 3, backoff: "1s", jitter: false, on: ["rate_limit"] };
    expect(await pausesOf({ retry }, [{ error: { status: 429 } }, down, "fine"])).toMatchObject({
      pauses: [1_000],
      status: "failed",
      calls: 2,
    });
  });
});

test("a server that said for how long it is to be left alone gets no further calls meanwhile, though it is the only one", async () => {
  const { clock, backend, runtime } = setUp([{ error: { status: 429, retryAfterMs: 30_000 } }, "fine"]);
  await runtime.prompt("Hi").catch(() => {});
  const told = { failure: "rate_limit", details: { retryAfterMs: 30_000 } };
  for (let call = 0; call < 20; call++) expect(await errorOf(runtime.prompt("Hi"))).toMatchObject(told);
  backend.expectCalls(1);
  await clock.advance(30_000);
  expect((await runtime.prompt("Hi")).text).toBe("fine");
});

describe("what is tried again", () => {
  const tried: readonly FailureClass[] = FAILURE_CLASSES.filter((one) => !["auth", "chain", "cancelled"].includes(one));

  test.each(FAILURE_CLASSES)("%s", async (failure) => {
    let attempts = 0;
    const handler: Handler = {
      async execute() {
        attempts++;
        throw new CatenaryError("made_up", "no", { failure });
      },
    };
    const { runtime } = setUp([], { handlers: { fail: handler } });
    await errorOf(runtime.run(chainOf({ handler: "fail", retry_on_failure: 1 }), "Hi"));
    expect(attempts).toBe(tried.includes(failure) ? 2 : 1);
  });

  test.each([
    [400, 3],
    [404, 3],
    [500, 3],
    [401, 1],
    [403, 1],
  ])("a model that answers %i is asked %i times", async (status, calls) => {
    const { runtime, backend } = setUp(Array(5).fill({ error: { status } }));
    await errorOf(runtime.run(chainOf({ handler: "raw_string", retry_on_failure: 2 }), "Hi"));
    backend.expectCalls(calls);
  });

  test("an error of another kind that a custom handler throws", async () => {
    let attempts = 0;
    const execute = () => {
      attempts++;
      throw new RangeError("no");
    };
    const { runtime } = setUp([], { handlers: { fail: { execute } } });
    await errorOf(runtime.run(chainOf({ handler: "fail", retry_on_failure: 2 }), "Hi"));
    expect(attempts).toBe(3);
  });

  test("what the chain itself decides is not: a template, an input, an unknown variable", async () => {
    for (const task of [{ prompt_template: "{{index .input 99}}" }, { input_var: "nobody" }]) {
      const { runtime, backend } = setUp([]);
      const result = await runtime
        .start(chainOf({ handler: "raw_string", retry_on_failure: 3, ...task }), "Hi")
        .result();
      expect(result).toMatchObject({ status: "failed", steps: [{ attempt: 1, error: { failure: "chain" } }] });
      expect(backend.calls).toEqual([]);
    }
  });
});

describe("the model calls of a step", () => {
  const backends = (count: number) =>
    Array.from({ length: count }, (_, at) => scriptedBackend({ id: `b${at}`, replies: Array(20).fill(down) }));
  const callsOf = async (task: Readonly<Record<string, unknown>>, count: number) => {
    const many = backends(count);
    const { runtime } = setUp([], { backends: many });
    const result = await runtime.start(chainOf({ handler: "raw_string", ...task }), "Hi").result();
    expect(result.status).toBe("failed");
    return { calls: many.map((backend) => backend.calls.length), attempts: result.steps.length };
  };

  test("are three in all where nothing else is said", async () => {
    expect(await callsOf({}, 5)).toEqual({ calls: [1, 1, 1, 0, 0], attempts: 1 });
    expect(await callsOf({ retry_on_failure: 1 }, 2)).toEqual({ calls: [2, 1], attempts: 2 });
    expect(await callsOf({ retry_on_failure: 2 }, 5)).toEqual({ calls: [1, 1, 1, 0, 0], attempts: 1 });
  });

  test("are as many as there are attempts, where those are more", async () => {
    expect(await callsOf({ retry_on_failure: 4 }, 2)).toEqual({ calls: [3, 2], attempts: 3 });
    expect(await callsOf({ retry_on_failure: 4 }, 1)).toEqual({ calls: [5], attempts: 5 });
  });

  test("are what routing.attempts says", async () => {
    expect(await callsOf({ execute_config: { routing: { attempts: 5 } } }, 5)).toEqual({
      calls: [1, 1, 1, 1, 1],
      attempts: 1,
    });
    expect(await callsOf({ execute_config: { routing: { attempts: 1 } }, retry_on_failure: 4 }, 2)).toEqual({
      calls: [1, 0],
      attempts: 1,
    });
  });

  test("are as where nothing is said, where it says a number that is none", async () => {
    for (const attempts of [0, -1]) {
      expect(await callsOf({ execute_config: { routing: { attempts } } }, 5)).toEqual({
        calls: [1, 1, 1, 0, 0],
        attempts: 1,
      });
    }
  });

  test("are counted where an attempt ran out of time, too", async () => {
    const hanging = [0, 1].map((at) => scriptedBackend({ id: `b${at}`, replies: Array(20).fill({ hang: true }) }));
    const { runtime, clock } = setUp([], { backends: hanging });
    const config = { routing: { attempts: 2 } };
    const run = runtime.start(
      chainOf({ handler: "raw_string", timeout: "1s", retry_on_failure: 9, execute_config: config }),
      "Hi",
    );
    await clock.runAll();
    expect((await run.result()).steps).toMatchObject([
      {
        attempt: 1,
        backend: "b0",
        route: { tried: [{ backend: "b0", error: { code: "task_timeout", failure: "timeout" } }] },
      },
      { attempt: 2 },
    ]);
  });
});

describe("on_failure", () => {
  const failing = {
    id: "risky",
    handler: "raw_string",
    prompt_template: "ask {{.input}}",
    transition: to("end", "rescue"),
  };

  test("leads to the task that recovers, which knows the error, the task, and its input", async () => {
    const { runtime } = setUp([down, "echo"]);
    const rescue = {
      id: "rescue",
      handler: "noop",
      prompt_template: "{{.failed_task}}: {{.error}} ({{.previous_output}})",
    };
    const before = { id: "before", handler: "noop", prompt_template: "prepared", transition: to("risky") };
    const { output, steps } = await runtime.run(chainOf([before, failing, rescue]), "Hi");
    expect(output).toBe("risky: scripted on scripted answered 503: The script answers 503. (prepared)");
    expect(steps.map(({ taskId, error }) => [taskId, error?.code])).toEqual([
      ["before", undefined],
      ["risky", "model_failed"],
      ["rescue", undefined],
    ]);
  });

  test("hands over what the failed task was given, after its template", async () => {
    const { runtime } = setUp([down]);
    const { output } = await runtime.run(chainOf([failing, { id: "rescue", handler: "noop" }]), "Hi");
    expect(output).toBe("ask Hi");
  });

  test("hands over what came before the template, where that failed", async () => {
    const { runtime } = setUp([]);
    const broken = { ...failing, prompt_template: "{{index .input 99}}" };
    const { output } = await runtime.run(chainOf([broken, { id: "rescue", handler: "noop" }]), "Hi");
    expect(output).toBe("Hi");
  });

  test("comes after the retries", async () => {
    const { runtime, backend } = setUp([down, down]);
    await runtime.run(
      chainOf([
        { ...failing, retry_on_failure: 1 },
        { id: "rescue", handler: "noop" },
      ]),
      "Hi",
    );
    backend.expectCalls(2);
  });

  test("may be the end", async () => {
    const { runtime } = setUp([down]);
    const { output } = await runtime.run(chainOf({ ...failing, transition: to("end", "end") }), "Hi");
    expect(output).toBe("ask Hi");
  });

  test("catches a failure of the branches and of print, too", async () => {
    const rescue = { id: "rescue", handler: "noop", prompt_template: "{{.error}}" };
    const unmatched = { branches: [{ operator: "equals", when: "x", goto: "end" }], on_failure: "rescue" };
    const { runtime } = setUp([]);
    const noop = { id: "risky", handler: "noop" };
    expect((await runtime.run(chainOf([{ ...noop, transition: unmatched }, rescue]), "Hi")).output).toContain(
      "no branch of task risky",
    );
    const printing = { ...noop, print: "{{index .input 99}}", transition: to("end", "rescue") };
    expect((await runtime.run(chainOf([printing, rescue]), "Hi")).output).toContain("line 1");
  });

  test("a recovery that fails fails the run", async () => {
    const { runtime } = setUp([down]);
    const rescue = { id: "rescue", handler: "raise_error", prompt_template: "gave up" };
    const error = await errorOf(runtime.run(chainOf([failing, rescue]), "Hi"));
    expect(error).toMatchObject({
      code: "task_failed",
      message: "task rescue failed: gave up",
      details: { taskId: "rescue" },
    });
  });
});
