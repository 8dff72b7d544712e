import { abortTests } from "./abort-tests.ts";
import { answerTests } from "./answer-tests.ts";
import { embedTests } from "./embed-tests.ts";
import { failureTests } from "./failure-tests.ts";
import { listTests } from "./list-tests.ts";
import { streamTests } from "./stream-tests.ts";
import type { BackendTest } from "./subject.ts";
import { toolTests } from "./tool-tests.ts";

/** Everything that a backend is held to, by the sentence that says it. */
export const backendTests = {
  ...listTests,
  ...answerTests,
  ...toolTests,
  ...streamTests,
  ...abortTests,
  ...embedTests,
  ...failureTests,
} satisfies Record<string, BackendTest>;

export type BackendTestName = keyof typeof backendTests;
