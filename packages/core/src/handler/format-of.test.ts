import { describe, expect, test } from "vitest";
import { formatOf } from "./format-of.ts";

describe("formatOf", () => {
  const schema = { type: "object", properties: { a: { type: "string" } } };

  test("takes a schema with its name", () => {
    expect(formatOf({ type: "json_schema", json_schema: { name: "shape", schema } })).toEqual({
      name: "shape",
      schema,
    });
    expect(formatOf({ type: "json_schema", json_schema: { schema } })).toEqual({ name: "answer", schema });
  });

  test("takes any object for json_object", () => {
    expect(formatOf({ type: "json_object" })).toEqual({ name: "answer", schema: { type: "object" } });
  });

  test.each([
    undefined,
    null,
    "json",
    { type: "text" },
    { type: "json_schema" },
    { type: "json_schema", json_schema: {} },
  ])("takes %j for nothing", (format) => {
    expect(formatOf(format)).toBeUndefined();
  });
});
