import { differ } from "./expectations.ts";
import { free, type Row } from "./row.ts";

export const PRINTED_VALUES: readonly Row[] = [
  free(
    "printed: numbers as JavaScript writes them",
    differ({
      "template-number-1e20": { output: "100000000000000000000" },
      "template-number-1234567.5": { output: "1234567.5" },
      "template-number-big-safe": { output: "9007199254740991" },
      "parse-score-output-in-next-template": {
        output: "2500000.5",
        "state[1].input": "2500000.5",
        "state[1].output": "2500000.5",
      },
      "hook-branch-template-greater-exponent": { "state[0].transition": "1234567", "state[0].output": "1234567" },
      "template-hook-big-int": { output: "123456789", "state[0].transition": "123456789" },
    }),
  ),
  free(
    "printed: objects and arrays as JSON",
    differ({
      "template-map-print": { output: '{"b":1,"a":"x y","C":true,"n":null,"f":1.5}' },
      "template-array-print": { output: '[1,"a b",null,true,[2,3],{"k":"v"},1000000]' },
      "template-empty-map-print": { output: "{} []" },
      "template-map-print-numeric-keys": { output: '{"1":"c","9":"b","10":"a"}' },
      "template-printf-plus-v-map": { output: '{"city":"Oslo"}' },
      "template-printf-s-slice": { output: '["a","b"]' },
      "template-printf-q-slice": { output: '["a","b"]' },
      "template-chat-dump": {
        output:
          '{"messages":[{"id":"","role":"system","content":"be nice","timestamp":"0001-01-01T00:00:00Z"},{"id":"","role":"user","content":"hello","timestamp":"0001-01-01T00:00:00Z"}],"model":"m1","inputTokens":7,"outputTokens":0}',
      },
      "template-search-results-dump": { output: '[{"id":"1","type":"doc","distance":0.1}]' },
      "template-key-value-var": { output: 'Ann 30 true {"name":"Ann","age":30,"ok":true,"f":1.5}' },
      "template-hook-var": { output: 'Ann 1 {"user":{"name":"Ann"},"list":[{"id":1}]}' },
      "convert-string-nested-array": { output: '[{"b":1,"a":[2]}]' },
      "convert-string-object-html": { output: '{"a":"<&>"}' },
      "compose-composed-var-in-template": { output: '{"x":1,"y":2} {"x":1,"y":2} {"x":1,"y":2}' },
      "hook-template-object-print": {
        output: '{"b":1,"a":[true,null,"x"]}',
        "state[0].transition": '{"b":1,"a":[true,null,"x"]}',
        "state[0].output": '{"b":1,"a":[true,null,"x"]}',
      },
      "raw-string-template-accepts-vector-input": {
        "state[0].input": "v=[0.5,1]",
        "modelCalls[0].messages[0].content": "v=[0.5,1]",
      },
    }),
  ),
  free(
    "printed: null",
    differ({
      "template-printf-v-nil": { output: "<no value> <no value>" },
      "template-printf-s-nil": { output: "<no value>" },
      "template-null-in-else-pipe": { output: "<<no value>>" },
      "state-input-null-dump": { "state[0].input": "<no value>" },
    }),
  ),
  free(
    "printed: %s of what is no text, and the names of types",
    differ({
      "template-printf-s-bool": { output: "true" },
      "template-printf-t-type": { output: "string number bool array object null" },
      "template-typed-int-negative": { output: "-5 number" },
      "template-typed-float-whole": { output: "3 number" },
    }),
  ),
  free(
    "printed: floats as prompts",
    differ({
      "raw-string-input-float": { "modelCalls[0].messages[0].content": "1.5" },
      "raw-string-input-float-1e21": { "modelCalls[0].messages[0].content": "1e+21" },
      "raw-string-input-float-tiny": { "state[0].input": "1e-7", "modelCalls[0].messages[0].content": "1e-7" },
      "parse-score-feeds-raw-string": { "modelCalls[1].messages[0].content": "8.5" },
      "embedding-input-float": { "modelCalls[0].embed": "1.5" },
    }),
  ),
];
