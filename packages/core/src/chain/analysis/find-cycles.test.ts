import fc from "fast-check";
import { expect, test } from "vitest";
import type { TaskDefinition } from "../chain.ts";
import { findCycles } from "./find-cycles.ts";
import { tasksFrom } from "./leads.ts";
import { tasksById } from "./task-places.ts";

function graph(targets: readonly (readonly number[])[]): ReadonlyMap<string, TaskDefinition> {
  const tasks = targets.map((gotos, index): TaskDefinition => {
    const branches = gotos.map((goto) => ({ operator: "default", when: "", goto: `t${goto}` }) as const);
    return { id: `t${index}`, handler: "noop", transition: { branches } };
  });
  return tasksById({ id: "c", tasks });
}

const targetsOf = ({ transition }: TaskDefinition) => transition.branches.map(({ goto }) => goto);

function idsOf(byId: ReadonlyMap<string, TaskDefinition>): readonly (readonly string[])[] {
  return findCycles(byId, targetsOf).map((cycle) => [...cycle].map(({ id }) => id).sort());
}

test("a chain without a way back has no cycle", () => {
  expect(idsOf(graph([[1, 2], [2], [3], []]))).toEqual([]);
});

test("a task that goes to itself is a cycle, and two rings are two", () => {
  expect(idsOf(graph([[0]]))).toEqual([["t0"]]);
  expect(idsOf(graph([[1], [0, 2], [3], [2]]))).toEqual([
    ["t2", "t3"],
    ["t0", "t1"],
  ]);
});

test("a very long ring is one cycle", () => {
  const count = 50_000;
  const [cycle] = findCycles(graph(Array.from({ length: count }, (_, index) => [(index + 1) % count])), targetsOf);
  expect(cycle?.size).toBe(count);
});

test("two tasks are in one cycle exactly when each leads to the other", () => {
  const graphs = fc.array(fc.array(fc.nat({ max: 7 }), { maxLength: 3 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(graphs, (targets) => {
      const byId = graph(targets);
      const tasks = [...byId.values()];
      const leads = new Map(tasks.map((task) => [task, { onSuccess: targetsOf(task), onFailure: [] }]));
      const after = new Map(tasks.map((task) => [task, tasksFrom(targetsOf(task), { byId, leads })]));
      const leadsTo = (from: TaskDefinition, to: TaskDefinition) => after.get(from)?.has(to) === true;
      const cycles = findCycles(byId, targetsOf);
      for (const a of byId.values()) {
        for (const b of byId.values()) {
          const together = cycles.some((cycle) => cycle.has(a) && cycle.has(b));
          expect(together).toBe(leadsTo(a, b) && leadsTo(b, a));
        }
      }
    }),
  );
});
