import { answer } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const RANGES: readonly Row[] = [
  better(
    "ranges: words, dashes and points between two numbers",
    answer({
      "parse-range-en-dash": { output: "6-8", path: "a[6-8]" },
      "parse-range-em-dash": { output: "6-8", path: "a[6-8]" },
      "parse-range-to-word": { output: "6-8", path: "a[6-8]" },
      "parse-range-between": { output: "6-8", path: "a[6-8]" },
      "parse-range-dots": { output: "6-8", path: "a[6-8]" },
      "parse-range-tilde": { output: "6-8", path: "a[6-8]" },
      "parse-range-comma": { output: "6-8", path: "a[6-8]" },
    }),
  ),
  better(
    "ranges: only the two numbers are kept",
    answer({
      "parse-range-units": { output: "6-8", path: "a[6-8]" },
      "parse-range-prefix-word": { output: "6-8", path: "a[6-8]" },
      "parse-range-trailing-period": { output: "6-8", path: "a[6-8]" },
      "parse-range-second-line": { output: "6-8", path: "a[6-8]" },
    }),
  ),
  better(
    "ranges: negative numbers",
    answer({
      "parse-range-negative-single": { output: "-5--5", path: "a[-5--5]" },
      "parse-range-negative-low": { output: "-5-3", path: "a[-5-3]" },
      "parse-range-negative-high": { output: "5--3", path: "a[5--3]" },
    }),
  ),
];
