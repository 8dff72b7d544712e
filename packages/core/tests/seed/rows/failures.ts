import { answer, differ } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const FAILURES: readonly Row[] = [
  better(
    "failures: a failed attempt has no outcome",
    differ({
      "state-transition-number-failed": { "state[0].transition": "" },
      "state-transition-score-failed": { "state[0].transition": "" },
      "state-transition-condition-failed": { "state[0].transition": "" },
      "state-transition-embedding-failed": { "state[0].transition": "" },
      "retry-parse-score-then-ok": { "state[0].transition": "", "state[1].transition": "" },
    }),
  ),
  better(
    "failures: a recovery gets what the failed task was given",
    answer({
      "condition-key-failure-leaves-false": { output: "q", path: "a[]! rescue[noop]" },
      "parse-number-failure-leaves-zero": { output: "q", path: "a[]! rescue[noop]" },
      "embedding-failure-leaves-null-vector": { output: "q", path: "a[]! rescue[noop]" },
      "failure-recovery-input-after-raise-error": { output: "bad", path: "a[]! r[noop]" },
      "failure-recovery-input-after-condition-key": { output: "q", path: "a[]! r[noop]" },
      "failure-recovery-input-after-parse-number": { output: "q", path: "a[]! r[noop]" },
      "failure-recovery-input-after-embedding": { output: "q", path: "a[]! r[noop]" },
      "failure-recovery-input-after-hook-error": { output: "x", path: "a[failed]! r[noop]" },
      "raw-string-rejected-input-on-failure": { output: [1], outputType: "vector", path: "a[]! rescue[noop]" },
      "hook-template-error-on-failure": { output: "q", path: "a[failed]! rescue[noop]" },
      "raw-string-empty-reply-on-failure": { output: "q", path: "a[]! rescue[noop]" },
      "failure-after-success-keeps-nothing": { output: "OK", path: "ok[noop] a[]! r[noop]" },
      "failure-recovery-input-after-model-execution": {
        output: {
          messages: [{ id: "", role: "user", content: "hi", timestamp: "<time>" }],
          model: "",
          inputTokens: 0,
          outputTokens: 0,
        },
        outputType: "chat_history",
        path: "a[]! r[noop]",
      },
    }),
  ),
  better(
    "failures: a recovery prompts with what the failed task was given",
    differ({
      "failure-recovery-raw-string-after-parse-number": {
        "state[0].transition": "",
        "state[1].inputType": "string",
        "modelCalls[1].messages[0].content": "q",
      },
    }),
  ),
  better(
    "failures: errors of compose are the task's",
    answer({
      "failure-in-compose": { output: "R", path: "a[]! r[noop]" },
    }),
  ),
  better(
    "failures: timeout 0 is none",
    answer({
      "timeout-zero": { output: "A", path: "a[noop]" },
      "timeout-zero-seconds": { output: "A", path: "a[noop]" },
      "timeout-zero-eval-in-state": { output: "A", path: "a[noop]" },
      "failure-recovery-input-after-timeout-zero": { output: "x", path: "a[noop]" },
    }),
  ),
];
