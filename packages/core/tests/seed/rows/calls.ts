import { answer, differ } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const CALLS: readonly Row[] = [
  better(
    "calls: the temperature keeps its digits",
    differ({
      "raw-string-config-temperature-float32": { "modelCalls[0].options.temperature": 0.123456789 },
    }),
  ),
  better(
    "calls: sampling options reach the model",
    differ({
      "raw-string-config-unknown-fields": {
        "modelCalls[0].options.maxOutputTokens": 5,
        "modelCalls[0].options.topP": 0.5,
      },
      "model-execution-openai-chat-options-dropped": {
        "state[0].input":
          '{"model":"phi3:3.8b","messages":[{"role":"user","content":"hello there friend"}],"max_tokens":5,"n":2,"temperature":0.3,"top_p":0.5,"stop":["x"],"user":"u"}',
        "modelCalls[0].options.temperature": 0.3,
        "modelCalls[0].options.maxOutputTokens": 5,
        "modelCalls[0].options.topP": 0.5,
        "modelCalls[0].options.stopSequences": ["x"],
      },
    }),
  ),
  better(
    "calls: a reply counts whatever reason its server gives",
    answer({
      "raw-string-model-done-missing": { output: "text", path: "a[text]" },
      "raw-string-model-done-load": { output: "text", path: "a[text]" },
    }),
  ),
  better(
    "calls: system instructions and hook arguments are templates",
    differ({
      "template-system-not-rendered": { "modelCalls[0].messages[0].content": "You know x" },
      "hook-args-not-templated": { "hookCalls[0].body.q": "q" },
      "template-hook-args-not-rendered": { "hookCalls[0].body.q": "x" },
    }),
  ),
  better(
    "calls: a GET hook has no body",
    differ({
      "hook-method-get": { "hookCalls[0].headers.content-type": undefined, "hookCalls[0].body": "" },
    }),
  ),
  better(
    "calls: text beside tool calls is kept",
    differ({
      "convert-tool-calls": { output: "chat.completion||1|0,assistant,dropped,1,tool_calls|0+0=0|chatcmpl-" },
    }),
  ),
  better(
    "calls: camelCase fields take effect",
    answer({
      "validate-camel-case-not-matched": { output: "T", path: "a[noop]" },
    }),
  ),
];
