import type { Json } from "@catenary/core";
import { expect } from "vitest";
import type { PlayedSequence } from "../play-sequence.ts";
import { better, type Check, differ, free, hold } from "./expectations.ts";
import type { Row } from "./row.ts";

/** Our answer to a step, as far as it matters. */
function says(step: number, expected: { readonly status: number; readonly body: Json }): Check {
  return ({ ours }) => expect(ours.steps[step]).toMatchObject(expected);
}

/** Ours answers one step of a sequence well, where the original refuses it; the rest is equal. */
function onlyIn(step: number, check: Check): Check {
  return (played: PlayedSequence) => {
    const others = Object.keys(played.differences).filter((path) => !path.startsWith(`steps[${step}].`));
    expect(others).toEqual([]);
    check(played);
  };
}

const failure = (code: string): Check =>
  onlyIn(1, says(1, { status: 502, body: { error: { message: "<text>", type: "api_error", code } } }));

export const OPENAI: readonly Row[] = [
  better(
    "openai: chains that end with a text are answered too",
    hold({
      "openai-string-result": onlyIn(
        1,
        says(1, {
          status: 200,
          body: { choices: [{ message: { content: "the answer is 42" }, finish_reason: "stop" }] },
        }),
      ),
      "openai-stream-string-chain": onlyIn(
        1,
        says(1, { status: 200, body: { text: "x", reason: "stop", last: "[DONE]" } }),
      ),
    }),
  ),
  better(
    "openai: what a request says of the answer reaches the model",
    hold({
      "openai-stop-string": ({ ours }) => {
        expect(ours.steps[1]?.status).toBe(200);
        expect(ours.modelCalls).toMatchObject([{ model: "phi3:3.8b", options: { stop: ["END"] } }]);
      },
    }),
  ),
  better(
    "openai: a call of a tool has an id here too",
    differ({
      "openai-tool-calls-in-reply": {
        "steps[1].body.choices[0].message.tool_calls[0].id": expect.stringMatching(/^\S+$/),
      },
    }),
  ),
  better(
    "openai: a model that fails is no fault of the client",
    hold({
      "openai-empty-reply": failure("upstream_reply"),
      "openai-stream-model-fails": failure("upstream_error"),
    }),
  ),
  better(
    "openai: usage counts what was sent",
    differ({
      "openai-two-models-in-a-row": {
        "steps[1].body.usage.prompt_tokens": 4,
        "steps[1].body.usage.total_tokens": 5,
      },
    }),
  ),
  better(
    "openai: a role that is none speaks as the user",
    differ({
      "openai-odd-role": { "modelCalls[0].messages[0].role": "user", "modelCalls[1].messages[0].role": "user" },
    }),
  ),
  better(
    "openai: models can be asked for without a chain",
    hold({
      "model-list-openai-unknown-chain": (played) => {
        // `/openai/v1/models/extra` is a model that is not there.
        const code = "steps[1].body.error.code";
        expect(played.differences[code]).toBe("model_not_found");
        const others = Object.keys(played.differences).filter((path) => path !== code && !path.startsWith("steps[2]."));
        expect(others).toEqual([]);
        says(2, { status: 200, body: { object: "list" } })(played);
      },
    }),
  ),
  better(
    "openai: a stored chain that answers cannot be emptied",
    hold({
      "openai-stored-chain-made-empty": ({ ours }) => {
        expect(ours.steps.map(({ status }) => status)).toEqual([201, 422, 200, 200]);
        expect(ours.modelCalls).toHaveLength(1);
      },
    }),
  ),
];

export const OPENAI_PRINTED: readonly Row[] = [
  free(
    "printed: values in the trace of a completion",
    hold({
      "openai-stack-trace-debug": ({ differences }) => {
        expect(differences).toEqual({
          "steps[1].body.stackTrace[0].input": '{"model":"phi3:3.8b","messages":[{"role":"user","content":"q"}]}',
          "steps[1].body.stackTrace[1].input": expect.stringContaining('"content":"the answer is 42"'),
        });
      },
    }),
  ),
  free(
    "printed: ids of completions",
    hold({
      "openai-stream-chat-history-chain": ({ differences }) => {
        expect(Object.keys(differences)).toEqual(["steps[1].body.id"]);
      },
    }),
  ),
];
