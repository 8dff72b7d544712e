import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { AREAS } from "./areas.ts";
import { gatewayPeers } from "./gateway/contestants.ts";
import type { Scenario } from "./measure/area.ts";
import { inOneGo, manyAtOnce, oneByOne } from "./measure/timing.ts";
import { eventsHeard } from "./orchestration/contestants.ts";
import { peers } from "./orchestration/peers.ts";

// Memory is measured under node --expose-gc; here only the results count.
beforeAll(() => void vi.stubGlobal("gc", () => {}));
afterAll(() => void vi.unstubAllGlobals());

const notOurs = new Set([...peers, ...gatewayPeers].map(({ name }) => name));

/**
 * Building core takes longer than all others together; what it measures is checked before it is measured. A model and a server
 * with its weights are not everywhere.
 */
const NOT_CHECKED = ["import", "local"];
const scenarios = AREAS.filter(({ name }) => !NOT_CHECKED.includes(name)).flatMap((area) =>
  area.scenarios.map((scenario): [string, Scenario] => [`${area.name}/${scenario.name}`, scenario]),
);

describe.each(scenarios)("the benchmark %s", (_name, scenario) => {
  const contestants = scenario.contestants.filter(({ name }) => !notOurs.has(name)).map(({ name }) => name);

  it.each(contestants)("is done rightly by: %s", async (contestant) => {
    await expect(scenario.check(contestant)).resolves.toBeUndefined();
  });

  it("has its floor and the targets' contestants among those that are measured", () => {
    expect(contestants).toContain(scenario.floor);
    expect(contestants).toEqual(expect.arrayContaining(scenario.targets.map((target) => target.contestant)));
  });

  it("has the targets' columns among its own", () => {
    expect(scenario.columns.map(({ key }) => key)).toEqual(
      expect.arrayContaining(scenario.targets.map((target) => target.column)),
    );
  });

  it("refuses a contestant that it does not know", async () => {
    await expect(scenario.check("nobody")).rejects.toThrow('"nobody"');
  });
});

describe("the workflows", () => {
  it("are run with a listener that hears every event", async () => {
    const before = eventsHeard();
    await AREAS[0]?.scenarios[0]?.check("Catenary, async steps");
    // Four runs of ten steps: each run begins and ends, and so does each step.
    expect(eventsHeard() - before).toBe(4 * (2 + 2 * 10));
  });
});

describe("timing", () => {
  it("counts every call", async () => {
    let calls = 0;
    const act = async () => {
      calls++;
    };
    expect((await oneByOne(act, 0)).calls).toBe(calls);
    calls = 0;
    expect((await manyAtOnce(act, 0, 3)).calls).toBe(calls);
    calls = 0;
    expect(inOneGo(() => ++calls, 0).calls).toBe(calls);
  });

  it("fails with what it times", async () => {
    await expect(oneByOne(() => Promise.reject(new Error("broken")), 1)).rejects.toThrow("broken");
  });
});
