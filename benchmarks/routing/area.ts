import type { Area, Scenario, Values } from "../measure/area.ts";
import { inOneGo } from "../measure/timing.ts";
import { abort } from "./abort.ts";
import { POOLS, picks } from "./pick.ts";

const FLOOR = "the smallest of an array";

const pick: Scenario = {
  name: "pick",
  title: "Choosing who takes a call, and taking what became of it into account",
  columns: POOLS.map((size) => ({
    key: `n${size}`,
    title: size === 1 ? "CPU µs/pick, 1 candidate" : `${size} candidates`,
  })),
  contestants: Object.keys(picks).map((name) => ({ name })),
  floor: FLOOR,
  targets: [
    { contestant: "auto", column: "n32", most: 2, unit: "µs" },
    { contestant: "least-loaded", column: "n32", most: 2, unit: "µs" },
    { contestant: "auto, a third of them unwell", column: "n32", most: 4, unit: "µs" },
  ],
  check: async (contestant) => {
    for (const size of POOLS) {
      const chosen = pickerOf(contestant)(size)();
      if (!(chosen >= 0 && chosen < size)) throw new Error(`expected a candidate of ${size}, got ${chosen}`);
    }
  },
  measure: async (contestant, windowMs): Promise<Values> => {
    const values: Record<string, number> = {};
    for (const size of POOLS) {
      const choose = pickerOf(contestant)(size);
      inOneGo(choose, windowMs / POOLS.length);
      const { calls, cpuUs } = inOneGo(choose, windowMs / POOLS.length);
      values[`n${size}`] = cpuUs / calls;
    }
    return values;
  },
};

function pickerOf(contestant: string) {
  const make = picks[contestant];
  if (make === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  return make;
}

export const routing: Area = { name: "routing", scenarios: [pick, abort] };
