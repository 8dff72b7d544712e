import { createRuntime, type StepRecord } from "@catenary/core";
import { expect, test } from "vitest";
import { toStateRecord } from "./state-record.ts";

const runtime = createRuntime();

const step = (startedAt: number) =>
  // Safe: only what a record reads is here.
  ({ taskId: "a", handler: "noop", inputType: "string", outputType: "string", startedAt }) as unknown as StepRecord;

test("each step says when it began, also one that began in the same millisecond as another", () => {
  const times = [0, 1_700_000_000_000, 1_700_000_000_000, 1_700_000_000_001, 0].map(
    (at) => toStateRecord(step(at), false, runtime).startedAt,
  );
  expect(times).toEqual([
    "1970-01-01T00:00:00.000Z",
    "2023-11-14T22:13:20.000Z",
    "2023-11-14T22:13:20.000Z",
    "2023-11-14T22:13:20.001Z",
    "1970-01-01T00:00:00.000Z",
  ]);
});
