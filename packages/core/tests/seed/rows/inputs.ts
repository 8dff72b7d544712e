import { answer, differ, refuse } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const INPUTS: readonly Row[] = [
  better(
    "inputs: what would lose something is refused",
    refuse("input_invalid", [
      "convert-bool-string-odd-case-true",
      "convert-bool-string-2",
      "convert-bool-object",
      "convert-int-truncates",
      "convert-int-string-fraction",
      "convert-int-string-word",
      "convert-int-string-hex",
      "convert-int-string-huge",
      "convert-int-string-empty",
      "convert-int-bool",
      "convert-int-array",
      "convert-float-string-word",
      "convert-float-string-range",
      "convert-float-object",
      "convert-vector-string",
      "convert-vector-object",
      "convert-int-beyond-text",
      "convert-int-minus-half",
    ]),
  ),
  better(
    "inputs: white space around a number",
    differ({
      "convert-float-string-space": { output: 1.5 },
    }),
  ),
  better(
    "inputs: missing and null are the type's empty value",
    differ({
      "convert-string-null": { output: "" },
      "convert-string-missing": { output: "" },
      "convert-vector-null": { output: [] },
      "convert-search-results-null": { output: [] },
      "convert-openai-chat-null": { "output.messages": [] },
      "convert-openai-chat-response-minimal": { "output.choices": [] },
    }),
  ),
  better(
    "inputs: json is delivered",
    differ({
      "convert-json-object": { output: { a: 1 } },
      "noop-input-json": { output: { a: 1 }, "state[0].input": '{"a":1}', "state[0].output": { a: 1 } },
    }),
  ),
  better(
    "inputs: stop texts and content parts of OpenAI requests",
    answer({
      "convert-openai-chat-content-parts": {
        output: { model: "", messages: [{ role: "user", content: "x" }] },
        outputType: "openai_chat",
        path: "a[noop]",
      },
      "convert-openai-chat-stop-string": {
        output: { model: "", messages: [], stop: "x" },
        outputType: "openai_chat",
        path: "a[noop]",
      },
    }),
  ),
  better(
    "inputs: content parts of OpenAI requests reach the model",
    differ({
      "model-execution-openai-chat-content-parts": {
        status: "ok",
        output: {
          messages: [
            { id: "", role: "user", content: "hi", timestamp: "<time>" },
            { id: "", role: "assistant", content: "echo: hi", timestamp: "<time>" },
          ],
          model: "phi3:3.8b",
          inputTokens: 1,
          outputTokens: 2,
        },
        outputType: "chat_history",
        state: [
          {
            taskID: "a",
            taskHandler: "model_execution",
            inputType: "openai_chat",
            outputType: "chat_history",
            transition: "executed",
            failed: false,
            input: '{"model":"phi3:3.8b","messages":[{"role":"user","content":"hi"}]}',
            output: {
              messages: [
                { id: "", role: "user", content: "hi", timestamp: "<time>" },
                { id: "", role: "assistant", content: "echo: hi", timestamp: "<time>" },
              ],
              model: "phi3:3.8b",
              inputTokens: 1,
              outputTokens: 2,
            },
            inputVar: "a",
          },
        ],
        modelCalls: [{ model: "phi3:3.8b", messages: [{ role: "user", content: "hi" }], options: {} }],
      },
    }),
  ),
  better(
    "inputs: an object is what parse_key_value makes",
    answer({
      "parse-key-value-input-json-rejected": { output: { a: 1 }, outputType: "json", path: "a[parsed]" },
      "parse-key-value-json-into-parse-key-value-rejected": {
        output: { a: 1 },
        outputType: "json",
        path: "kv[parsed] b[parsed]",
      },
    }),
  ),
  better(
    "inputs: a text of type any or json is a prompt",
    differ({
      "parse-range-input-any-rejected": {
        modelCalls: [{ model: "phi3:3.8b", messages: [{ role: "user", content: "x" }], options: { temperature: 0 } }],
      },
    }),
  ),
];
