import { describe, expect, it } from "vitest";
import type { Scenario } from "../measure/area.ts";
import type { MeasuredScenario } from "../measure/measure-scenario.ts";
import { format, spreadOf } from "./statistics.ts";
import { describeLoad } from "./surroundings.ts";
import { printTable } from "./table.ts";
import { printTargets } from "./targets.ts";
import { replaceBetween } from "./write-page.ts";

const scenario: Scenario = {
  name: "walk",
  title: "A walk",
  columns: [{ key: "cpu", title: "CPU µs" }],
  contestants: [{ name: "bare" }, { name: "ours" }, { name: "theirs", missing: "it is not installed" }],
  floor: "bare",
  targets: [
    { contestant: "ours", column: "cpu", most: 2, unit: "µs" },
    { contestant: "ours", column: "cpu", mostAdded: 5, unit: "µs" },
    { contestant: "ours", column: "cpu", most: 1, mostTimes: 4, unit: "µs" },
    { contestant: "theirs", column: "cpu", most: 1, unit: "µs" },
    { contestant: "bare", column: "cpu", leastTimes: 0.2, of: "ours", unit: "µs" },
    { contestant: "ours", column: "cpu", leastTimes: 5, unit: "µs" },
    { contestant: "ours", column: "cpu", leastTimes: 5, of: "theirs", unit: "µs" },
  ],
  check: async () => {},
  measure: async () => ({}),
};

const measured: MeasuredScenario = {
  scenario,
  results: [
    { contestant: "ours", samples: [{ cpu: 3 }, { cpu: 4 }, { cpu: 5 }] },
    { contestant: "bare", samples: [{ cpu: 1 }, { cpu: 1 }, { cpu: 1 }] },
    { contestant: "theirs", samples: [], notRun: "it is not installed" },
  ],
  loads: [],
};

describe("a table", () => {
  it("has the median and the range of every contestant, the fastest first, and those that did not run with the reason", () => {
    expect(printTable(measured).split("\n")).toEqual([
      "|  | CPU µs | × floor |",
      "| --- | ---: | ---: |",
      "| bare | 1 | 1 |",
      "| ours | 4 [3–5] | 4 |",
      "| theirs | not run: it is not installed |  |",
    ]);
  });

  it("says which targets are reached: the limit itself, above the floor, or a multiple of it or of somebody else", () => {
    expect(printTargets([measured]).split("\n").slice(2)).toEqual([
      "| A walk: ours, CPU µs | ≤ 2 µs | 4 [3–5] µs | **missed** |",
      "| A walk: ours, CPU µs | ≤ 5 µs over the floor | 3 [2–4] µs | reached |",
      "| A walk: ours, CPU µs | ≤ 1 µs or 4 × floor | 4 [3–5] µs, 4 × floor | reached |",
      "| A walk: theirs, CPU µs | ≤ 1 µs | not run | |",
      "| A walk: bare, CPU µs | ≥ 0.2 × ours | 1 [1–1] µs, 0.250 × ours | reached |",
      "| A walk: ours, CPU µs | ≥ 5 × floor | 4 [3–5] µs, 4 × floor | **missed** |",
      "| A walk: ours, CPU µs | ≥ 5 × theirs | not run | |",
    ]);
  });
});

describe("a number", () => {
  it("is the middle of what was measured, or between the two in the middle", () => {
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
    expect(spreadOf([4, 2])).toEqual({ median: 3, least: 2, most: 4 });
    expect(spreadOf([])).toBeUndefined();
  });

  it("is written with three digits", () => {
    expect([0.03333, 1.5, 17, 123.4, 12_345.6].map(format)).toEqual(["0.0333", "1.50", "17", "123", "12,346"]);
  });
});

describe("the load", () => {
  it("is called out where others wanted the processors too", () => {
    expect(describeLoad({ median: 1.25, least: 1, most: 2 }, 2)).toBe(
      "One-minute load when samples began: 1.25 [1–2], these samples included.",
    );
    expect(describeLoad({ median: 9, least: 1, most: 12 }, 2)).toContain("**The machine was busy");
  });
});

describe("a page", () => {
  it("gets new tables between its marks, and keeps the rest", () => {
    const page = "Before\n\n<!-- tables -->\n\nold\n\n<!-- /tables -->\n\nAfter\n";
    expect(replaceBetween(page, "tables", "new")).toBe(
      "Before\n\n<!-- tables -->\n\nnew\n\n<!-- /tables -->\n\nAfter\n",
    );
    expect(() => replaceBetween(page, "targets", "new")).toThrow("<!-- targets -->");
  });
});
