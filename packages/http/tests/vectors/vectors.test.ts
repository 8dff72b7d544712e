import { createRuntime } from "@catenary/core";
import { beforeAll, describe, expect, test } from "vitest";
import { allRoutes } from "../../src/all-routes.ts";
import { RouteTable } from "../../src/dispatch/route-table.ts";
import { createSurface } from "../../src/surface.ts";
import { isEqual, playAll } from "./play-all.ts";
import type { PlayedSequence } from "./play-sequence.ts";
import { hasRecordings, type RecordedStep } from "./recorded-sequence.ts";
import { report } from "./report.ts";
import { ROWS } from "./rows/rows.ts";

if (!hasRecordings)
  console.info("vectors: skipped, because the recordings of contenox/runtime are not beside the repository");

const table = new RouteTable(allRoutes(createSurface(createRuntime(), {})));

/** What the original does not serve either is compared like the rest. */
function isServed({ method, path, recorded }: RecordedStep): boolean {
  const { status } = recorded;
  const [name = ""] = path.replace(/\$\{\w+\}/g, "x").split("?");
  return (
    status === 405 || status === 307 || (status === 404 && table.methodsOf(name).length === 0) || hasRoute(method, name)
  );
}

function hasRoute(method: string, path: string): boolean {
  return table.find(method === "HEAD" ? "GET" : method, path) !== undefined;
}

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime to sequences of requests", () => {
  let played: ReadonlyMap<string, PlayedSequence> = new Map();

  beforeAll(async () => {
    played = await playAll();
    console.info(report(played, ROWS));
  }, 120_000);

  test("are enough to mean something", () => {
    expect(played.size).toBeGreaterThan(160);
  });

  test("are ours too, but for those that stand in a row", () => {
    const known = new Set(ROWS.flatMap(({ cases }) => cases));
    const unknown = [...played.values()].filter(
      (one) => !isEqual(one) && !known.has(one.recorded.name) && one.recorded.steps.every(isServed),
    );
    expect(Object.fromEntries(unknown.map(({ recorded, differences }) => [recorded.name, differences]))).toEqual({});
  });

  test("differ in every case that stands in a row", () => {
    const idle = ROWS.flatMap(({ cases }) => cases).filter((name) => {
      const one = played.get(name);
      return one === undefined || isEqual(one);
    });
    expect(idle).toEqual([]);
  });

  describe.each(ROWS)("$name", (row) => {
    test.for(row.cases)("%s", (name, { skip }) => {
      const one = played.get(name);
      if (one === undefined) throw new Error(`${name} was not played: is it still recorded?`);
      if (!one.recorded.steps.every(isServed)) skip("some of its routes are not there");
      row.check(one);
    });
  });
});
