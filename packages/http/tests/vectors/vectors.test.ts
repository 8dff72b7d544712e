import { describe } from "vitest";
import { hasRecordings } from "../../../core/tests/seed/recordings.ts";
import { testRecordings } from "../../../core/tests/seed/test-recordings.ts";
import { playAll } from "./play-all.ts";
import { report } from "./report.ts";
import { ROWS } from "./rows/rows.ts";

if (!hasRecordings)
  console.info("vectors: skipped, because the recordings of contenox/runtime are not beside the repository");

describe.skipIf(!hasRecordings)("the recorded answers of contenox/runtime to sequences of requests", () => {
  testRecordings({ play: () => playAll(), rows: ROWS, report, moreThan: 160, timeoutMs: 120_000 });
});
