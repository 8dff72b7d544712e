import type { Json, RecordStore } from "@catenary/core";
import type { Area, Scenario } from "../measure/area.ts";
import { inOneGo } from "../measure/timing.ts";
import { contestants, FLOOR, FULL_FLOOR, OURS, OURS_FULL, withStore } from "./contestants.ts";

const KIND = "chain";
const RECORDS = 100;
const BYTES = 1_000;

const columns = [
  { key: "cpu", title: "CPU µs/call" },
  { key: "wall", title: "wall µs/call" },
];

/** A record of about a kilobyte, as a small chain is. */
const record = (turn: number): Json => ({ id: `${turn}`, tasks: [{ id: "a", prompt_template: "x".repeat(BYTES) }] });

function scenario(
  name: string,
  title: string,
  act: (store: RecordStore, turn: number) => unknown,
  more: Pick<Scenario, "targets"> & Partial<Pick<Scenario, "contestants">>,
): Scenario {
  return {
    name,
    title,
    columns,
    contestants,
    floor: FLOOR,
    ...more,
    check: (contestant) => withStore(contestant, check),
    measure: (contestant, windowMs) =>
      withStore(contestant, (store) => {
        fill(store);
        let turn = 0;
        // What is read is looked at, so that it is really read.
        const once = () => (act(store, turn++) === null ? Number.NaN : 1);
        inOneGo(once, windowMs / 2);
        const { calls, cpuUs, wallUs } = inOneGo(once, windowMs);
        return { cpu: cpuUs / calls, wall: wallUs / calls };
      }),
  };
}

function fill(store: RecordStore): void {
  for (let turn = 0; turn < RECORDS; turn++) void store.put(KIND, `${turn}`, record(turn));
}

async function check(store: RecordStore): Promise<void> {
  fill(store);
  void store.put(KIND, "7", record(8));
  const ids = (await store.list(KIND)).map(({ id }) => id);
  const isListed = ids.length === RECORDS && ids.every((id, index) => id === `${index}`);
  const isKept = JSON.stringify(await store.get(KIND, "7")) === JSON.stringify(record(8));
  if (!isListed || !isKept) throw new Error("the store does not hold what was put");
}

/** What waits for the disk is only compared with what waits for it too. */
const withoutDisk = contestants.filter(({ name }) => name !== FULL_FLOOR && name !== OURS_FULL);
const nearFloor = { contestant: OURS, column: "cpu", mostTimes: 1.5, unit: "µs" };

export const store: Area = {
  name: "store",
  scenarios: [
    scenario(
      "put",
      `Putting a record of a kilobyte, in a transaction of its own`,
      (records, turn) => records.put(KIND, `${turn % RECORDS}`, record(turn)),
      { targets: [nearFloor] },
    ),
    scenario(
      "get",
      `Getting one of ${RECORDS} such records`,
      (records, turn) => records.get(KIND, `${turn % RECORDS}`),
      { targets: [nearFloor], contestants: withoutDisk },
    ),
    scenario("list", `Listing all ${RECORDS}`, (records) => records.list(KIND), {
      targets: [nearFloor],
      contestants: withoutDisk,
    }),
  ],
};
