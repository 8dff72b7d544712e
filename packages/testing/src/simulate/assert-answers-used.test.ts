import { expect, test } from "vitest";
import { assertAnswersUsed } from "./assert-answers-used.ts";
import { triage } from "./fixtures/triage.ts";
import { simulate } from "./simulate.ts";

test("a list of answers that was used up passes, and so does a single answer that nobody asked for", async () => {
  const run = await simulate(triage, {
    input: "x",
    answers: { classify: [{ fail: "busy" }, "normal"], page: 1, reply: "ok" },
  });
  expect(run.unusedAnswers).toEqual([]);
  assertAnswersUsed(run);
});

test("what is left of a list is told, with the way that the run took", async () => {
  const run = await simulate(triage, {
    input: "x",
    answers: { classify: ["normal", { fail: "busy" }, () => "urgent"], page: [1], reply: "ok" },
  });
  expect(run.unusedAnswers.map(({ taskId, answers }) => [taskId, answers.length])).toEqual([
    ["classify", 2],
    ["page", 1],
  ]);
  expect(() => assertAnswersUsed(run)).toThrow(
    [
      "no attempt took these answers; the run went classify → reply:",
      '  classify: {"fail":"busy"}, a function',
      "  page: 1",
    ].join("\n"),
  );
});

test("what is no simulation is refused", () => {
  // @ts-expect-error A program in JavaScript may forget to wait.
  expect(() => assertAnswersUsed(simulate(triage, { answers: { classify: "normal", reply: "ok" } }))).toThrow(
    "expects what `await simulate(…)` gave; got a promise: await it",
  );
  // @ts-expect-error As above.
  expect(() => assertAnswersUsed(undefined)).toThrow("got nothing");
});
