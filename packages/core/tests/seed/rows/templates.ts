import { answer, differ } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const TEMPLATES: readonly Row[] = [
  better(
    "templates: a number is a number",
    answer({
      "template-index-float-key": { output: '{"name":"r1"}', path: "a[noop]" },
      "template-range-float": { output: "xxxxx", path: "a[noop]" },
      "template-gt-json-number-int": { output: "true", path: "a[noop]" },
      "template-printf-d-float": { output: "5", path: "a[noop]" },
    }),
  ),
  better(
    "templates: texts are counted and cut in characters",
    differ({
      "template-len-string": { output: "3" },
      "template-slice-unicode-bytes": { output: "éa" },
      "template-slice-unicode-cut": { output: "é" },
    }),
  ),
  better(
    "templates: chat values have their JSON names",
    answer({
      "template-chat-json-name": {
        output:
          '[{"id":"","role":"system","content":"be nice","timestamp":"0001-01-01T00:00:00Z"},{"id":"","role":"user","content":"hello","timestamp":"0001-01-01T00:00:00Z"}]',
        path: "a[noop]",
      },
      "template-chat-unknown-field": { output: "<no value>", path: "a[noop]" },
      "template-openai-json-name": { output: "5", path: "a[noop]" },
      "model-execution-json-field-name-fails": {
        output:
          '[{"id":"","role":"user","content":"hello there friend","timestamp":"0001-01-01T00:00:00Z"},{"id":"","role":"assistant","content":"two words","timestamp":"2025-09-05T00:00:00.000Z"}]',
        path: "a[executed] b[noop]",
      },
    }),
  ),
];
