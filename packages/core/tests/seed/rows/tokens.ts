import { differ, refuse } from "./expectations.ts";
import { better, type Row } from "./row.ts";

export const TOKENS: readonly Row[] = [
  better(
    "tokens: a conversation is counted anew",
    differ({
      "model-execution-twice": { "output.inputTokens": 5 },
      "model-execution-input-tokens-trusted": {
        "output.inputTokens": 3,
        "state[0].input":
          '{"messages":[{"id":"","role":"user","content":"one two three","timestamp":"<time>"}],"model":"","inputTokens":99,"outputTokens":0}',
        "state[0].output.inputTokens": 3,
      },
    }),
  ),
  better(
    "tokens: a client's count does not pass a limit",
    refuse("token_limit_exceeded", ["validate-token-limit-trusts-client"]),
  ),
  better(
    "tokens: a client's count does not exceed a context",
    differ({
      "validate-context-length-exceeded": {
        output: {
          messages: [
            { id: "", role: "user", content: "x", timestamp: "<time>" },
            { id: "", role: "assistant", content: "echo: x", timestamp: "<time>" },
          ],
          model: "",
          inputTokens: 1,
          outputTokens: 2,
        },
        outputType: "chat_history",
        state: [
          {
            taskID: "m",
            taskHandler: "model_execution",
            inputType: "chat_history",
            outputType: "chat_history",
            transition: "executed",
            failed: false,
            input: "",
            output: "",
            inputVar: "m",
          },
        ],
        modelCalls: [{ model: "phi3:3.8b", messages: [{ role: "user", content: "x" }], options: {} }],
      },
    }),
  ),
];
