import { expect } from "vitest";
import { answer, better, differ, free, hold } from "./expectations.ts";
import type { Row } from "./row.ts";

export const TASKS: readonly Row[] = [
  better(
    "tasks: input is delivered, and what is missing is empty",
    differ({
      "tasks-input-json-any-vector": { "steps[0].body.output": { a: [1, "x"] } },
      "tasks-missing-input": { "steps[0].body.output": "" },
      "tasks-input-openai-response-noop": { "steps[1].body.output.choices": [] },
    }),
  ),
  better(
    "tasks: a conversation is counted anew",
    differ({
      "chain-chat-history-tokens-trusted": { "steps[0].body.output.inputTokens": 2 },
      "chain-chat-history-ids-and-times-kept": { "steps[0].body.output.inputTokens": 3 },
      "chain-chat-three-models-in-a-row": { "steps[0].body.output.inputTokens": 5 },
    }),
  ),
  better(
    "tasks: every call of a tool has an id",
    hold({
      "chain-chat-history-tool-call-reply": ({ differences }) => {
        expect(differences).toEqual({
          "steps[0].body.output.messages[1].callTools[0].id": expect.stringMatching(/^\S+$/),
        });
      },
    }),
  ),
  better(
    "tasks: templates know conversations by their JSON names",
    answer({ "chain-chat-template-json-names-fail": "phi3:3.8b" }),
  ),
];

export const PRINTED: readonly Row[] = [
  free(
    "printed: values in debug records as JSON, numbers as JavaScript writes them",
    differ({
      "chain-chat-history-debug": {
        "steps[0].body.state[0].input":
          '{"messages":[{"id":"","role":"user","content":"hi","timestamp":"0001-01-01T00:00:00Z"}],"model":"phi3:3.8b","inputTokens":0,"outputTokens":0}',
      },
      "convert-big-integer-precision": {
        "steps[0].body.output": "12345678901234567000 12345678901234567168",
      },
    }),
  ),
];
