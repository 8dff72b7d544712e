import { describe, expect, test } from "vitest";
import type { ModelReply } from "../../model/reply.ts";
import { NO_USAGE } from "../../value/usage.ts";
import { objectSchema } from "./object-schema.ts";
import { readAnswer } from "./read-answer.ts";

const LEVEL = { enum: ["low", "high"] };

function reply(more: Partial<ModelReply>): ModelReply {
  return { text: "", toolCalls: [], finishReason: "stop", usage: NO_USAGE, ...more };
}

const call = (name: string, args: string) => ({
  id: "1",
  type: "function" as const,
  function: { name, arguments: args },
});
const read = (given: Partial<ModelReply>, schema = LEVEL) =>
  readAnswer(reply(given), "answer", schema, objectSchema(schema));

describe("readAnswer", () => {
  test("takes the arguments of the tool before the text", async () => {
    const toolCalls = [call("other", "{}"), call("answer", '{"answer": "low"}')];
    expect(await read({ text: "I call a tool.", toolCalls })).toEqual({
      value: "low",
      text: '{"answer": "low"}',
      problems: [],
    });
  });

  test("takes the text where the tool was not called, wrapped or not", async () => {
    expect((await read({ text: '{"answer": "high"}', toolCalls: [call("other", "{}")] })).value).toBe("high");
    expect((await read({ text: "high" })).value).toBe("high");
  });

  test("leaves a value alone that only looks wrapped", async () => {
    const schema = { anyOf: [{ type: "object", required: ["answer"] }] };
    const { value } = await readAnswer(reply({ text: '{"answer": 1}' }), "answer", schema, objectSchema(schema));
    expect(value).toEqual({ answer: 1 });
  });

  test("says what is wrong with the value that was asked for, not with its wrapping", async () => {
    expect((await read({ text: '{"answer": "middle"}' })).problems).toEqual([
      { path: "$", message: 'expected one of ["low","high"]' },
    ]);
    expect((await read({ text: "" })).problems).toEqual([
      { path: "$", message: "expected JSON, and there is none in the answer" },
    ]);
  });
});
