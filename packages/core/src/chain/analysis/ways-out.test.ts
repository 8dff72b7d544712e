import { describe, expect, test } from "vitest";
import type { TaskDefinition } from "../chain.ts";
import { waysOut, wayTaken } from "./ways-out.ts";

const to = (goto: string) => ({ operator: "default", when: "", goto }) as const;
const on = (when: string, goto: string) => ({ operator: "equals", when, goto }) as const;
const task = (transition: TaskDefinition["transition"], handler = "raw_string"): TaskDefinition => ({
  id: "a",
  handler,
  transition,
});

describe("waysOut", () => {
  const places = (given: TaskDefinition, spec?: Parameters<typeof waysOut>[1]) =>
    waysOut(given, spec).map(({ goto, branch, isFailure }) => `${branch?.operator ?? "-"} ${goto} ${isFailure}`);

  test("are the branches as they are written, and the way after a failure last", () => {
    expect(places(task({ onFailure: "c", branches: [to("b"), on("x", "")] }))).toEqual([
      "default b false",
      "equals end false",
      "- c true",
    ]);
  });

  test("are the end where there are no branches", () => {
    expect(places(task({ branches: [] }))).toEqual(["- end false"]);
    expect(places(task({ onFailure: "", branches: [] }))).toEqual(["- end false", "- end true"]);
  });

  test("are without a second default, which is never tried", () => {
    expect(places(task({ branches: [to("b"), on("x", "c"), to("d")] }))).toEqual(["default b false", "equals c false"]);
  });

  test("are only the way after a failure where a task never succeeds, be it built in or not", () => {
    expect(places(task({ onFailure: "c", branches: [to("b")] }, "raise_error"))).toEqual(["- c true"]);
    expect(places(task({ branches: [] }, "raise_error"))).toEqual([]);
    const spec = { name: "refuse", fields: [], required: [], output: "none" } as const;
    expect(places(task({ branches: [to("b")] }, "refuse"), spec)).toEqual([]);
    expect(places(task({ branches: [to("b")] }, "refuse"))).toEqual(["default b false"]);
  });
});

describe("wayTaken", () => {
  const ways = waysOut(task({ onFailure: "d", branches: [on("yes", "b"), on("7", "c"), to("end")] }));
  const taken = (outcome: string, goto: string, { hasFailed = false, hasStopped = false, transition = "" } = {}) => {
    const way = wayTaken(ways, { outcome, transition, hasFailed }, (one) => one.goto === goto, hasStopped);
    return way === undefined ? -1 : ways.indexOf(way);
  };

  test("is the first that the outcome, or its second form, matches, and else the default", () => {
    expect(taken("yes", "b")).toBe(0);
    expect(taken("ja", "b", { transition: "yes" })).toBe(0);
    expect(taken("no", "end")).toBe(2);
  });

  test("is that which leads to where the run went on, where the record is rounded", () => {
    expect(taken("7.00", "c")).toBe(1);
    expect(taken("6.99", "c")).toBe(1);
  });

  test("is none for a step after which the run stopped although its outcome leads on", () => {
    expect(taken("yes", "end", { hasStopped: true })).toBe(-1);
    expect(taken("no", "end", { hasStopped: true })).toBe(2);
  });

  test("is the way after a failure for a step that failed, and no other", () => {
    expect(taken("", "d", { hasFailed: true })).toBe(3);
    expect(taken("", "end", { hasFailed: true })).toBe(-1);
  });
});
