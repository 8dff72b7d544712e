/** How Catenary answers where it differs from contenox/runtime: the value, or a refusal. */
export type Answer = { readonly value: unknown } | "refused";

const timestamp = "0001-01-01T00:00:00Z";
const messages = [
  { id: "", role: "system", content: "be nice", timestamp },
  { id: "", role: "user", content: "hello", timestamp },
];

/** By reason: the recorded cases that come out differently, and how. Every other case is equal. */
export const DIFFERENCES: { readonly [reason: string]: { readonly [name: string]: Answer } } = {
  "numbers are numbers: nothing tells int from float": {
    "template-index-float-key": { value: '{"name":"r1"}' },
    "template-range-float": { value: "xxxxx" },
    "template-gt-json-number-int": { value: "true" },
    "template-printf-d-float": { value: "5" },
  },
  "numbers print as JavaScript prints them": {
    "template-number-1e20": { value: "100000000000000000000" },
    "template-number-1234567.5": { value: "1234567.5" },
    "template-number-big-safe": { value: "9007199254740991" },
    "template-hook-big-int": { value: "123456789" },
  },
  "objects and arrays print as JSON": {
    "template-map-print": { value: '{"b":1,"a":"x y","C":true,"n":null,"f":1.5}' },
    "template-array-print": { value: '[1,"a b",null,true,[2,3],{"k":"v"},1000000]' },
    "template-empty-map-print": { value: "{} []" },
    "template-map-print-numeric-keys": { value: '{"1":"c","9":"b","10":"a"}' },
    "template-printf-plus-v-map": { value: '{"city":"Oslo"}' },
    "template-printf-s-slice": { value: '["a","b"]' },
    "template-printf-q-slice": { value: '["a","b"]' },
    "template-search-results-dump": { value: '[{"id":"1","type":"doc","distance":0.1}]' },
    "template-hook-var": { value: 'Ann 1 {"user":{"name":"Ann"},"list":[{"id":1}]}' },
    "template-chat-dump": {
      value: JSON.stringify({ messages, model: "m1", inputTokens: 7, outputTokens: 0 }),
    },
    "convert-string-nested-array": { value: '[{"b":1,"a":[2]}]' },
    "convert-string-object-html": { value: '{"a":"<&>"}' },
  },
  "%s prints every value, null prints as <no value> everywhere, %T names our types": {
    "template-printf-s-bool": { value: "true" },
    "template-printf-s-nil": { value: "<no value>" },
    "template-printf-v-nil": { value: "<no value> <no value>" },
    "template-null-in-else-pipe": { value: "<<no value>>" },
    "template-printf-t-type": { value: "string number bool array object null" },
    "template-typed-int-negative": { value: "-5 number" },
    "template-typed-float-whole": { value: "3 number" },
  },
  "strings are counted and cut in characters, not in bytes": {
    "template-len-string": { value: "3" },
    "template-slice-unicode-bytes": { value: "éa" },
    "template-slice-unicode-cut": { value: "é" },
  },
  "chat values have their JSON names too": {
    "template-chat-json-name": { value: JSON.stringify(messages) },
    "template-openai-json-name": { value: "5" },
    "template-chat-unknown-field": { value: "<no value>" },
  },
  "json is delivered as given": {
    "convert-json-object": { value: { a: 1 } },
  },
  "missing and null are the type's empty value": {
    "convert-string-null": { value: "" },
    "convert-string-missing": { value: "" },
    "convert-vector-null": { value: [] },
    "convert-search-results-null": { value: [] },
    "convert-openai-chat-null": { value: { model: "", messages: [] } },
    "convert-openai-chat-response-minimal": {
      value: {
        id: "",
        object: "",
        created: 0,
        model: "",
        choices: [],
        usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      },
    },
  },
  "what would lose something is refused": {
    "convert-bool-string-odd-case-true": "refused",
    "convert-bool-string-2": "refused",
    "convert-bool-object": "refused",
    "convert-int-truncates": "refused",
    "convert-int-minus-half": "refused",
    "convert-int-string-fraction": "refused",
    "convert-int-string-word": "refused",
    "convert-int-string-hex": "refused",
    "convert-int-string-huge": "refused",
    "convert-int-string-empty": "refused",
    "convert-int-beyond-text": "refused",
    "convert-int-bool": "refused",
    "convert-int-array": "refused",
    "convert-float-string-word": "refused",
    "convert-float-string-range": "refused",
    "convert-float-object": "refused",
    "convert-float-string-nan": "refused",
    "convert-float-string-inf-noop-template": "refused",
    "convert-vector-string": "refused",
    "convert-vector-object": "refused",
  },
  "white space around a number loses nothing": {
    "convert-float-string-space": { value: 1.5 },
  },
  "openai_chat is OpenAI's: a stop string and text parts are part of it": {
    "convert-openai-chat-stop-string": { value: { model: "", messages: [], stop: "x" } },
    "convert-openai-chat-content-parts": { value: { model: "", messages: [{ role: "user", content: "x" }] } },
  },
};

export function differenceOf(name: string): Answer | undefined {
  for (const cases of Object.values(DIFFERENCES)) if (Object.hasOwn(cases, name)) return cases[name];
  return undefined;
}
