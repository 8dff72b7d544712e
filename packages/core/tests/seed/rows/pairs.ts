import { answer } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const PAIRS: readonly Row[] = [
  better(
    "pairs: separators at the end and inside quotes",
    answer({
      "parse-key-value-semicolon-at-end": { output: { a: 1, b: 2 }, outputType: "json", path: "a[parsed]" },
      "parse-key-value-mixed-quotes": { output: { a: "x',b='y" }, outputType: "json", path: "a[parsed]" },
    }),
  ),
  better(
    "pairs: lines around the pairs",
    answer({
      "parse-key-value-header-line": { output: { a: 1 }, outputType: "json", path: "a[parsed]" },
    }),
  ),
  better(
    "pairs: JSON text is read as JSON",
    answer({
      "parse-key-value-json-text-two-keys": { output: { a: 1, b: "x" }, outputType: "json", path: "a[parsed]" },
    }),
  ),
];
