import { answer } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const BRANCHES: readonly Row[] = [
  better(
    "branches: an outcome without a number matches no comparison",
    answer({
      "raw-string-greater-no-number": { output: "MISS", path: "a[great] miss[noop]" },
      "condition-key-branch-greater-aborts": { output: "MISS", path: "a[true] miss[noop]" },
      "noop-branch-greater-aborts": { output: "MISS", path: "a[noop] miss[noop]" },
      "operator-gt-full-width-digits": { output: "MISS", path: "ask[８] miss[noop]" },
      "operator-gt-non-numeric-eval": { output: "MISS", path: "ask[eight] miss[noop]" },
      "operator-gt-quotes-only-eval": { output: "MISS", path: 'ask[\\"\\"] miss[noop]' },
      "operator-gt-on-noop-eval": { output: "MISS", path: "a[noop] miss[noop]" },
      "branch-error-before-match": { output: "HIT", path: "a[yes] hit[noop]" },
    }),
  ),
  better(
    "branches: a bound without a number matches nothing",
    answer({
      "parse-score-branch-in-range-one-bound": { output: "MISS", path: "a[7.50] miss[noop]" },
      "operator-gt-non-numeric-when": { output: "MISS", path: "ask[8] miss[noop]" },
      "operator-gt-empty-when": { output: "MISS", path: "ask[8] miss[noop]" },
      "operator-in-range-no-dash": { output: "MISS", path: "ask[5] miss[noop]" },
      "operator-in-range-two-dashes": { output: "MISS", path: "ask[5] miss[noop]" },
      "operator-in-range-bad-lower": { output: "MISS", path: "ask[5] miss[noop]" },
      "operator-in-range-open-lower": { output: "MISS", path: "ask[5] miss[noop]" },
      "operator-in-range-reversed-before-eval": { output: "MISS", path: "ask[five] miss[noop]" },
    }),
  ),
  better(
    "branches: bounds may be negative or have exponents",
    answer({
      "operator-in-range-negative-bound": { output: "HIT", path: "ask[0] hit[noop]" },
      "operator-in-range-exponent-bound": { output: "HIT", path: "ask[1] hit[noop]" },
    }),
  ),
  better(
    "branches: a task without branches ends the chain",
    answer({
      "noop-no-transition": { output: "q", path: "a[noop]" },
      "branch-null-transition": { output: "x", path: "a[noop]" },
      "retry-transition-error-not-retried": { output: "one", path: "a[one]" },
    }),
  ),
];
