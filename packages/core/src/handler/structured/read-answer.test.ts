import { describe, expect, test } from "vitest";
import type { ModelReply } from "../../model/reply.ts";
import type { JsonObject } from "../../value/json.ts";
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

  test("looks for the kind of value that the schema wants", async () => {
    const object = { type: "object" };
    const found = (text: string, schema: JsonObject) =>
      readAnswer(reply({ text }), "answer", schema, objectSchema(schema));
    expect((await found("As [1] says: {a: 1}", object)).value).toEqual({ a: 1 });
    expect((await found("For {x} it is ['a']", { type: "array" })).value).toEqual(["a"]);
    expect((await found("Use {braces} here", { type: "string" })).value).toBe("Use {braces} here");
  });

  test("takes nothing that is nested endlessly", async () => {
    const text = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    const { problems } = await readAnswer(reply({ text }), "answer", {}, undefined);
    expect(problems).toEqual([{ path: "$", message: "expected fewer levels of lists and objects in each other" }]);
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
