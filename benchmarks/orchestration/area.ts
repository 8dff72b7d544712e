import type { Area, Scenario, Target, Values } from "../measure/area.ts";
import { manyAtOnce, oneByOne, type Timing } from "../measure/timing.ts";
import { ASYNC, contestants, engineOf, FLOOR, MODEL, NO_OP, withPeers } from "./contestants.ts";
import { createModelEngine } from "./model-engine.ts";
import { suspend } from "./suspended.ts";
import { checkWorkflow, WORKFLOWS, type Workflow } from "./workflows.ts";

const AT_ONCE = 100;
/** A hundred runs at once are left out where one of each alone would take longer than this. */
const LONGEST_ROUND_US = 25_000_000;
const SUSPENDED_RUNS = 10_000;

const STEP_TARGETS: readonly Target[] = [
  { contestant: NO_OP, column: "cpu1", most: 2, mostTimes: 25, unit: "µs" },
  { contestant: ASYNC, column: "cpu1", most: 3, unit: "µs" },
];

function timed(name: keyof typeof WORKFLOWS, title: string): Scenario {
  const workflow = WORKFLOWS[name];
  return {
    name,
    title,
    columns: [
      { key: "cpu1", title: "CPU µs/step" },
      { key: "wall1", title: "wall µs/step" },
      { key: "cpu100", title: "CPU µs/step, 100 at once" },
      { key: "runs1", title: "runs/s" },
    ],
    contestants: withPeers,
    floor: FLOOR,
    targets: STEP_TARGETS,
    check: async (contestant) => checkWorkflow(await engineOf(contestant), workflow),
    measure: (contestant, windowMs) => time(contestant, workflow, windowMs),
  };
}

async function time(contestant: string, workflow: Workflow, windowMs: number): Promise<Values> {
  const engine = await engineOf(contestant);
  await checkWorkflow(engine, workflow);
  const run = workflow.make(engine);
  await oneByOne(run, windowMs);
  const one = await oneByOne(run, windowMs);
  const perStep = (us: number, { calls }: Timing) => us / calls / workflow.steps;
  const values = {
    cpu1: perStep(one.cpuUs, one),
    wall1: perStep(one.wallUs, one),
    runs1: (one.calls / one.wallUs) * 1e6,
  };
  if ((one.wallUs / one.calls) * AT_ONCE > LONGEST_ROUND_US) return values;
  await manyAtOnce(run, windowMs / 2, AT_ONCE);
  const many = await manyAtOnce(run, windowMs, AT_ONCE);
  return { ...values, cpu100: perStep(many.cpuUs, many) };
}

const suspended: Scenario = {
  name: "suspended",
  title: "10,000 runs of ten steps, all waiting",
  columns: [
    { key: "firstKb", title: "live heap KB/run, in step 1" },
    { key: "laterKb", title: "live heap KB/run, in step 6" },
    { key: "peakMb", title: "peak RSS MB" },
    { key: "startMs", title: "ms until all wait" },
  ],
  // Steps that wait for nothing cannot be made to wait.
  contestants: [...withPeers.filter(({ name }) => name !== NO_OP), { name: MODEL }],
  floor: FLOOR,
  targets: [
    { contestant: ASYNC, column: "firstKb", most: 4, unit: "KB" },
    { contestant: MODEL, column: "firstKb", most: 4, unit: "KB" },
  ],
  check: async (contestant) => {
    await suspend(await waitingEngine(contestant), 50);
  },
  measure: async (contestant) => suspend(await waitingEngine(contestant), SUSPENDED_RUNS),
};

async function waitingEngine(contestant: string) {
  return contestant === MODEL ? createModelEngine() : engineOf(contestant);
}

export const orchestration: Area = {
  name: "orchestration",
  scenarios: [
    timed("linear10", "Ten steps in a row"),
    timed("linear100", "A hundred steps in a row"),
    timed("loop1000", "One step a thousand times"),
    timed("branch3", "Three steps, one of three ways"),
    suspended,
  ],
};

/** Those that need nothing but this repository. */
export const ownContestants = contestants;
