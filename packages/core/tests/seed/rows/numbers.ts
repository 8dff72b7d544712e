import { answer, differ, fail, refuse } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const NUMBERS: readonly Row[] = [
  better(
    "numbers: thousands stay together",
    answer({
      "parse-number-thousands-comma": { output: 1234, outputType: "int", path: "a[1234]" },
    }),
  ),
  better(
    "numbers: white space and points keep numbers apart",
    answer({
      "parse-number-two-numbers-space-merged": { output: 3, outputType: "int", path: "a[3]" },
      "parse-number-ellipsis": { output: 7, outputType: "int", path: "a[7]" },
    }),
  ),
  better(
    "numbers: NaN and infinity are none in a reply",
    fail("a", "reply_invalid", [
      "parse-range-nan",
      "parse-score-infinity-then-noop",
      "parse-score-negative-infinity-then-noop",
      "parse-score-nan-equals",
    ]),
  ),
  better(
    "numbers: NaN and infinity are none in a chain's input",
    refuse("input_invalid", ["convert-float-string-nan", "convert-float-string-inf-noop-template"]),
  ),
  better(
    "numbers: NaN and infinity stay text among pairs",
    answer({
      "parse-key-value-infinity-value": { output: { a: "-inf" }, outputType: "json", path: "a[parsed]" },
      "parse-key-value-nan-then-noop": { output: "NaN", path: "kv[parsed] b[noop]" },
    }),
  ),
  better(
    "numbers: a pair that says NaN reaches a hook as text",
    differ({
      "parse-key-value-nan-into-hook": {
        hookCalls: [
          {
            method: "POST",
            path: "/hook",
            headers: { "content-type": "application/json" },
            body: { input: { a: "NaN" } },
          },
        ],
      },
    }),
  ),
];
