import { expect, test } from "vitest";
import { programOf } from "../../tests/play-facts.ts";
import type { Branch } from "../chain/chain.ts";
import { chooseBranch } from "./choose-branch.ts";
import { FINISH } from "./program.ts";

const to = (operator: Branch["operator"], when: string, goto: string): Branch => ({ operator, when, goto });

/** Where the task `from` leads: the id of a task, or `end`. */
function lead(branches: readonly Branch[], outcome: string): string {
  const program = programOf([{ id: "from", transition: { branches } }, { id: "a" }, { id: "b" }, { id: "c" }]);
  const [task] = program.tasks;
  if (task === undefined) return "no task";
  const target = chooseBranch(task, { text: outcome });
  return target === FINISH ? "end" : (program.tasks[target]?.definition.id ?? "nowhere");
}

test("the first branch that matches is taken", () => {
  expect(lead([to("equals", "x", "a"), to("contains", "x", "b")], "x")).toBe("a");
  expect(lead([to("equals", "x", "a"), to("contains", "x", "b")], "xy")).toBe("b");
});

test("a default waits until no other branch matches, wherever it stands", () => {
  const branches = [to("default", "", "c"), to("equals", "x", "a")];
  expect(lead(branches, "x")).toBe("a");
  expect(lead(branches, "y")).toBe("c");
});

test("the first default counts", () => {
  expect(lead([to("default", "", "a"), to("default", "", "b")], "y")).toBe("a");
});

test("a branch that cannot be compared defeats neither a later match nor the default", () => {
  expect(lead([to(">", "many", "a"), to("equals", "x", "b")], "x")).toBe("b");
  expect(lead([to("in_range", "7", "a"), to("default", "", "c")], "x")).toBe("c");
});

test("a task without branches ends the chain", () => {
  expect(lead([], "anything")).toBe("end");
});

test("end and an empty target end the chain", () => {
  expect(lead([to("equals", "x", "end")], "x")).toBe("end");
  expect(lead([to("equals", "x", "")], "x")).toBe("end");
});

test("without a match and a default the task fails, and the message names it, the outcome and what to do", () => {
  expect(() => lead([to("equals", "x", "a")], "y")).toThrow(
    expect.objectContaining({
      code: "no_branch_matched",
      failure: "chain",
      message: expect.stringMatching(/from.*"y".*default/),
    }),
  );
});

test("a long outcome is cut in the message", () => {
  expect(() => lead([to("equals", "x", "a")], "y".repeat(10_000))).toThrow(
    expect.objectContaining({ message: expect.stringMatching(/^.{100,300}$/) }),
  );
});
