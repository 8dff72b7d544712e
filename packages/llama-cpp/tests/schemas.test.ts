import type { LanguageModelTool } from "@catenary/core";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { textOf } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

const object = (properties: object, required = Object.keys(properties)) => ({ type: "object", properties, required });

/** Each is asked of a model that has no idea of it. */
const SCHEMAS: Readonly<Record<string, object>> = {
  "a label": object({ answer: { type: "string", enum: ["urgent", "normal", "spam"] } }),
  "a constant": object({ kind: { const: "ticket" }, version: { const: 2 }, nothing: { const: null } }),
  "words with quotes, backslashes, lines and other alphabets": {
    enum: ['say "hi"', "a\\b", "two\nlines", "grüß 你好 👋"],
  },
  "words of many types": { enum: [1, true, null, "x", [1, 2], { a: "b" }] },
  "an integer of a range": object({ answer: { type: "integer", minimum: -17, maximum: 1203 } }),
  "a score": object({ answer: { type: "number", minimum: 0, maximum: 1 } }),
  "numbers without their ends": object({
    positive: { type: "number", exclusiveMinimum: 0, exclusiveMaximum: 1 },
    negative: { type: "number", exclusiveMaximum: 0, minimum: -3.4028234663852886e38 },
  }),
  "an integer above": { type: "integer", exclusiveMinimum: 9 },
  "a number": object({ answer: { type: "number" } }),
  "a range of two": object({ answer: object({ low: { type: "integer" }, high: { type: "integer" } }) }),
  "truth, nothing and text": object({ yes: { type: "boolean" }, no: { type: "null" }, text: { type: "string" } }),
  "a short text": { type: "string", minLength: 2, maxLength: 5 },
  "a list of words": { type: "array", items: { enum: ["a", "b"] }, minItems: 2, maxItems: 4 },
  "an empty list": { type: "array", maxItems: 0 },
  "a tuple": { type: "array", prefixItems: [{ type: "boolean" }, { enum: ["x"] }], minItems: 2, items: false },
  "choices of which some allow nothing": {
    type: ["string", "null"],
    anyOf: [{ type: "string", maxLength: 3 }, { type: "integer" }, false],
  },
  "a property that may not be there, and a list that has nothing": {
    ...object({ old: false, now: { const: 1 }, none: { type: "array", items: false } }, ["now", "none"]),
  },
  "a list that speaks of itself with a note beside it": {
    ...object({
      end: { type: "boolean" },
      next: { anyOf: [{ type: "null" }, { $ref: "#", minProperties: 1, "x-note": 1 }] },
    }),
  },
  "a tuple with others behind it": { prefixItems: [{ enum: ["x"] }], items: { type: "boolean" }, minItems: 3 },
  "a tuple that is cut": { prefixItems: [{ enum: ["x"] }, { enum: ["y"] }], maxItems: 1 },
  "keywords that say the type": object({
    list: { maxItems: 2 },
    above: { exclusiveMinimum: 3 },
    map: { maxProperties: 1 },
  }),
  "what one part narrows and another leaves open": {
    allOf: [object({ a: { type: "boolean" } }), { properties: { a: true }, required: ["a"] }],
  },
  "a required property that is like the others": { ...object({}), required: ["b"], additionalProperties: { const: 1 } },
  "properties that may be left out": object({ a: { enum: [1] }, b: { enum: [2] }, c: { enum: [3] } }, ["b"]),
  "properties that may all be left out": object({ a: { enum: [1] }, b: { enum: [2] } }, []),
  "a required property that nobody described": {
    type: "object",
    properties: { a: { enum: [1] } },
    required: ["a", "b"],
  },
  "a map": { type: "object", additionalProperties: { type: "boolean" }, minProperties: 1, maxProperties: 3 },
  "an object that may have nothing": { type: "object", additionalProperties: false },
  "one of two shapes": {
    anyOf: [object({ kind: { const: "a" }, x: { enum: [1] } }), object({ kind: { const: "b" } })],
  },
  "a text or nothing": object({ name: { anyOf: [{ type: "string", maxLength: 8 }, { type: "null" }] } }),
  "several types": { type: ["boolean", "null"] },
  "choices under common properties": {
    type: "object",
    properties: { id: { enum: [7] } },
    required: ["id"],
    oneOf: [object({ a: { enum: [1] } }), object({ b: { enum: [2] } })],
  },
  "all of several": {
    allOf: [object({ a: { type: "integer", minimum: 0 } }), object({ a: { type: "integer", maximum: 9 } })],
  },
  definitions: { ...object({ one: { $ref: "#/$defs/word" } }), $defs: { word: { enum: ["x", "y"] } } },
  "a tree": {
    $ref: "#/$defs/node",
    $defs: {
      node: object({ leaf: { type: "boolean" }, next: { anyOf: [{ type: "null" }, { $ref: "#/$defs/node" }] } }),
    },
  },
  "texts of a pattern": object({
    range: { type: "string", pattern: "^-?[0-9]{1,9}(\\.[0-9]{1,9})?--?[0-9]{1,9}$" },
    plate: { type: "string", pattern: "^[A-Z]{1,3}-(?:\\d{1,4}|X+)H?$" },
    quoted: { type: "string", pattern: '^"[^"x]{2,4}"\\\\$' },
  }),
  "dates, ids and addresses": object({
    day: { type: "string", format: "date" },
    at: { type: "string", format: "date-time" },
    id: { type: "string", format: "uuid" },
    mail: { type: "string", format: "email", maxLength: 24 },
    from: { type: "string", format: "ipv4" },
  }),
  "an address of the web": object({ page: { type: "string", format: "uri", minLength: 20, maxLength: 60 } }),
  "a format that a pattern says more exactly": object({
    id: {
      type: "string",
      format: "uuid",
      pattern: "^[0-9a-fA-F]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    },
    at: {
      type: "string",
      format: "date-time",
      pattern: String.raw`^\d{4}-0[1-9]-[0-2]8T[01]\d:[0-5]\d:[0-5]\d(?:\.\d+)?Z$`,
    },
  }),
  "texts of ranges of characters": object({
    printable: { type: "string", pattern: "^[ -~]{5,9}$" },
    between: { type: "string", pattern: "^[A-z]{5,9}$" },
    caret: { type: "string", pattern: "^[a^b]{2,4}$" },
    line: { type: "string", pattern: "^.{3,6}$" },
    others: { type: "string", pattern: "^[^a-z]\\S\\W{3}$" },
  }),
  "texts of a pattern and a length": object({
    mail: {
      type: "string",
      maxLength: 20,
      pattern: String.raw`^(?:[a-z+-]+\.)*[a-z]*[a-z]@(?:[a-z][a-z-]*\.)+[a-z]{2,}$`,
    },
    words: { type: "string", minLength: 9, maxLength: 12, pattern: "^(?:[a-z]+ ?)+$" },
    part: { type: "string", minLength: 3, maxLength: 6, pattern: "x" },
    even: { type: "string", minLength: 3, maxLength: 5, pattern: "^(?:ab|cd)*$" },
    quoted: { type: "string", minLength: 4, maxLength: 4, pattern: '^["a]+$' },
    long: { type: "string", minLength: 8, pattern: "^a?(?:b?c?)*$" },
  }),
};

/** Formats are judged by their shape here. */
const FORMATS = {
  date: /^\d{4}-\d\d-\d\d$/,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  email: /^[^@ ]+@[^@ ]+\.[a-z]+$/,
  ipv4: /^(\d+\.){3}\d+$/,
  uri: URL.canParse,
};

await describeLlama("answers held to a schema", () => {
  const backend = openBackend({ any: scriptedFile({ script: ["hi"], contextLength: 2048 }) });
  const model = backend.languageModel("any");
  const ajv = new Ajv2020({ strict: false, formats: FORMATS });

  test.each(Object.entries(SCHEMAS))("%s is what comes, however the model is sampled", async (_, schema) => {
    const isValid = ajv.compile(schema);
    for (const seed of [1, 2, 3]) {
      const call = ask("What is it?", { seed, temperature: seed - 1, topK: 0, topP: 1, maxOutputTokens: 300 });
      const result = await model.doGenerate({ ...call, responseFormat: { type: "json", schema } });
      const text = textOf(result);
      expect(result.finishReason.unified, text).toBe("stop");
      const answer: unknown = JSON.parse(text);
      expect(isValid(answer), `${text}: ${ajv.errorsText(isValid.errors)}`).toBe(true);
    }
  });

  test("without a schema any object comes", async () => {
    const result = await model.doGenerate(ask("What is it?", { responseFormat: { type: "json" } }));
    expect(JSON.parse(textOf(result))).toBeTypeOf("object");
  });

  test("what the answer is not held to comes as a warning, in a stream too", async () => {
    const schema = { type: "integer", minimum: 0, maximum: 99, multipleOf: 5 } as const;
    const call = ask("How many?", { responseFormat: { type: "json", schema } });
    const warnings = [
      { type: "unsupported", feature: "responseFormat", details: "the answer is not held to: /: multipleOf" },
    ];
    expect((await model.doGenerate(call)).warnings).toEqual(warnings);
    const { value } = await (await model.doStream(call)).stream.getReader().read();
    expect(value).toEqual({ type: "stream-start", warnings });
  });

  test("a tool that has to be called is called with what it takes, whatever the model would have said", async () => {
    const inputSchema: LanguageModelTool["inputSchema"] = {
      type: "object",
      properties: { door: { $ref: "#/$defs/door" } },
      required: ["door"],
      $defs: { door: { enum: ["front", "back"] } },
    };
    const tools = ["open", "close"].map((name): LanguageModelTool => ({ type: "function", name, inputSchema }));
    for (const toolChoice of [{ type: "required" }, { type: "tool", toolName: "close" }] as const) {
      const { content, finishReason } = await model.doGenerate(ask("Do something.", { tools, toolChoice }));
      const [call] = content;
      if (call?.type !== "tool-call") throw new Error(`expected a call, got ${call?.type}`);
      expect(toolChoice.type === "tool" ? ["close"] : ["open", "close"]).toContain(call.toolName);
      expect(["front", "back"]).toContain(JSON.parse(call.input).door);
      expect(finishReason.unified).toBe("tool-calls");
    }
    const cut = ask("Do something.", { tools, toolChoice: { type: "required" }, maxOutputTokens: 5 });
    expect(await model.doGenerate(cut)).toMatchObject({ content: [], finishReason: { unified: "length" } });
  });
});
