import { describe, expect, test } from "vitest";
import { objectSchema, unwrap } from "./object-schema.ts";

describe("objectSchema", () => {
  test("leaves the schema of an object as it is", () => {
    const schema = { type: "object", properties: { a: { $ref: "#" } } };
    expect(objectSchema(schema)).toEqual({ schema, isWrapped: false });
  });

  test("makes any other the field of one, and moves its definitions up", () => {
    const schema = { anyOf: [{ $ref: "#/$defs/a" }, { type: "null" }], $defs: { a: { type: "string" } }, $schema: "x" };
    expect(objectSchema(schema)).toEqual({
      isWrapped: true,
      schema: {
        type: "object",
        properties: { answer: { anyOf: schema.anyOf } },
        required: ["answer"],
        additionalProperties: false,
        $defs: schema.$defs,
      },
    });
  });

  test.each([
    { type: "array", items: { $ref: "#" } },
    { type: "array", items: { $ref: "#/items" } },
    { $id: "https://example.com/a", type: "string" },
  ])("gives none where references would lead elsewhere: %j", (schema) => {
    expect(objectSchema(schema)).toBeUndefined();
  });
});

test("unwrap takes the answer out of what is wrapped, and leaves what a model did not wrap", () => {
  const wrapped = { schema: {}, isWrapped: true };
  expect(unwrap({ answer: 3 }, wrapped)).toBe(3);
  expect(unwrap([3], wrapped)).toEqual([3]);
  expect(unwrap({ answer: 3, more: 4 }, wrapped)).toEqual({ answer: 3, more: 4 });
  expect(unwrap({ answer: 3 }, { schema: {}, isWrapped: false })).toEqual({ answer: 3 });
});
