import { answer } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const OUTCOMES: readonly Row[] = [
  better(
    "outcomes: quotes, emphasis and fences around a condition",
    answer({
      "condition-key-bold-reply": { output: true, outputType: "bool", path: "a[true]" },
      "condition-key-fenced-reply": { output: true, outputType: "bool", path: "a[true]" },
      "condition-key-key-with-spaces": { output: true, outputType: "bool", path: "a[true]" },
    }),
  ),
  better(
    "outcomes: a condition's branches see its key",
    answer({
      "condition-key-branch-equals-key": { output: "HIT", path: "a[true] hit[noop]" },
    }),
  ),
  better(
    "outcomes: comparisons see the exact score",
    answer({
      "parse-score-branch-greater-uses-rounded-eval": { output: "HIT", path: "a[7.00] hit[noop]" },
      "operator-equals-parse-score-eval": { output: "HIT", path: "n[7.00] hit[noop]" },
    }),
  ),
  better(
    "outcomes: a line end or tab ends a command",
    answer({
      "parse-transition-branch-newline-miss": { output: "HIT", path: "a[help] hit[noop]" },
    }),
  ),
];
