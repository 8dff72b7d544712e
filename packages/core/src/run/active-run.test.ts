import { expect, it } from "vitest";
import { parseChain } from "../chain/parse-chain.ts";
import { createRuntime } from "../create-runtime.ts";
import { createMemoryRunStore } from "../store/memory-run-store.ts";
import type { RunStore } from "../store/run-store.ts";
import { systemClock } from "../surroundings/clock.ts";

const { chain: endless } = parseChain({
  id: "endless",
  tasks: [
    {
      id: "again",
      handler: "step",
      transition: {
        branches: [
          { operator: "equals", when: "enough", goto: "end" },
          { operator: "default", goto: "again" },
        ],
      },
    },
  ],
});
if (endless === undefined) throw new Error("expected a chain without errors");

/** Every look at it finds it a millisecond later, so that how fast the machine is does not matter. */
function tickingClock() {
  let now = 0;
  return { ...systemClock, now: () => now++ };
}

it.each([
  ["wait for nothing", false],
  ["wait only for what is there already", true],
])("lets the host have its turns in a run whose steps %s", async (_what, isAsync) => {
  const result = { output: { type: "string", value: "x" }, outcome: "more" } as const;
  const runtime = createRuntime({
    clock: tickingClock(),
    handlers: { step: { execute: () => (isAsync ? Promise.resolve(result) : result) } },
  });
  const run = runtime.start(endless, "x", { stepBudget: 1_000_000 });
  setTimeout(() => run.cancel("enough of it"), 0);
  expect((await run.result()).status).toBe("cancelled");
});

it("applies what comes while a store that takes its time is at work, in its order", async () => {
  const kept = createMemoryRunStore();
  const kinds: string[] = [];
  const store: RunStore = {
    ...kept,
    load: (runId) => kept.load(runId),
    list: (range) => kept.list(range),
    readEvents: (runId, from) => kept.readEvents(runId, from),
    commit: async (commit) => {
      await new Promise((resolve) => setTimeout(resolve, 0));
      kinds.push(...commit.facts.map(({ kind }) => kind));
      await kept.commit(commit);
    },
  };
  const runtime = createRuntime({
    store,
    handlers: { step: { execute: () => ({ output: { type: "string", value: "x" }, outcome: "enough" }) } },
  });
  expect((await runtime.run(endless, "x")).output).toBe("x");
  expect(kinds).toEqual(["run_started", "attempt_succeeded"]);
});

it("fails with what the store failed with, and forgets the run", async () => {
  const kept = createMemoryRunStore();
  const store: RunStore = {
    ...kept,
    load: (runId) => kept.load(runId),
    list: (range) => kept.list(range),
    readEvents: (runId, from) => kept.readEvents(runId, from),
    commit: () => Promise.reject(new Error("disk full")),
  };
  const runtime = createRuntime({
    store,
    handlers: { step: { execute: () => ({ output: { type: "string", value: "x" }, outcome: "enough" }) } },
  });
  const run = runtime.start(endless, "x");
  const result = await run.result();
  expect(result).toMatchObject({ status: "failed", error: { cause: { message: "disk full" } } });
  expect(runtime.runs.cancel(run.id)).toBe(false);
});
