import { expect, test } from "vitest";
import { checkBackendRouting, problemWithRouting } from "./check-backend-routing.ts";

test("what says nothing, and every part within its bounds, is right", () => {
  expect(problemWithRouting(undefined)).toBeUndefined();
  expect(problemWithRouting({})).toBeUndefined();
  const all = {
    priority: -1,
    weight: 0,
    concurrency: 1,
    queueLength: 0,
    queueTimeoutMs: 0,
    requestsPerMinute: 1,
    tokensPerMinute: 1_000,
    firstTokenTimeoutMs: 0,
    idleTimeoutMs: 1,
    progressTimeoutMs: 2,
    answerTimeoutMs: 3,
    listTimeoutMs: 3,
    spillAt: 1,
  };
  expect(problemWithRouting(all)).toBeUndefined();
  expect(problemWithRouting({ weight: undefined })).toBeUndefined();
});

test.each([
  [null, "`routing` is an object such as { concurrency: 2 }; got null"],
  [[], "`routing` is an object such as { concurrency: 2 }; got an array"],
  [{ concurency: 2 }, "`routing` has no `concurency`; did you mean concurrency?"],
  [{ toString: 2 }, "`routing` has no `toString`; it has priority, weight"],
  [{ priority: Number.NaN }, "`routing.priority` is a number; got NaN"],
  [{ weight: -1 }, "`routing.weight` is a number of at least 0; got -1"],
  [{ concurrency: 0 }, "`routing.concurrency` is a whole number above 0; got 0"],
  [{ queueLength: 1.5 }, "`routing.queueLength` is a whole number of at least 0; got 1.5"],
  [{ requestsPerMinute: 0.5 }, "`routing.requestsPerMinute` is a number of at least 1; got 0.5"],
  [{ tokensPerMinute: 0 }, "`routing.tokensPerMinute` is a number above 0; got 0"],
  [{ idleTimeoutMs: "5s" }, "`routing.idleTimeoutMs` is a number of at least 0; got a string"],
  [{ idleTimeoutMs: Number.POSITIVE_INFINITY }, "`routing.idleTimeoutMs` is a number of at least 0; got Infinity"],
  [{ spillAt: 1.1 }, "`routing.spillAt` is a number from 0 to 1; got 1.1"],
] as const)("%j is refused: %s", (routing, problem) => {
  expect(problemWithRouting(routing)).toContain(problem);
});

test("an adapter refuses it with the backend's id", () => {
  expect(() => checkBackendRouting("gpu-1", { weight: -1 })).toThrow(
    expect.objectContaining({
      code: "settings_invalid",
      message: 'the settings of the backend "gpu-1": `routing.weight` is a number of at least 0; got -1',
    }),
  );
});
