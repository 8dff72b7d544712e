import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fillSchema } from "./fill-schema.ts";
import type { JsonSchema } from "./json-schema.ts";
import { readPrompt } from "./read-prompt.ts";

const MAIL = `Hello, my name is Anna Schmidt (anna.schmidt@example.com, +49 30 1234567).
I was charged twice for order A-1042 on 14 March 2026, 49.90 EUR each. Please refund one charge.
See https://shop.example.com/orders/1042.`;

function fill(schema: JsonSchema, text = MAIL, instruction = "Extract what the schema asks for."): unknown {
  return fillSchema(
    schema,
    readPrompt([{ role: "user", content: [{ type: "text", text: `${instruction}\n\n${text}` }] }]),
  );
}

function object(properties: JsonSchema, required: readonly string[] = Object.keys(properties)): JsonSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

const text = { type: "string" };
const maybe = { type: ["string", "null"] };

describe("a schema is filled from the text", () => {
  test.each([
    ["customerName", text, "Anna Schmidt"],
    ["email", { type: "string", format: "email" }, "anna.schmidt@example.com"],
    ["order_id", text, "A-1042"],
    ["amount", { type: "number" }, 49.9],
    ["currency", text, "EUR"],
    ["date", { type: "string", format: "date" }, "2026-03-14"],
    ["chargedAt", { type: "string", format: "date-time" }, "2026-03-14T00:00:00Z"],
    ["link", { type: "string", format: "uri" }, "https://shop.example.com/orders/1042"],
    ["phone", text, "+49 30 1234567"],
    ["refund_requested", { type: "boolean" }, true],
    ["emails", { type: "array", items: text }, ["anna.schmidt@example.com"]],
    ["kind", { enum: ["shipping", "billing"] }, "billing"],
    ["kind", { anyOf: [{ const: "shipping" }, { const: "x", description: "charged or refunded" }] }, "x"],
    ["trackingNumber", { type: ["string", "null"] }, "A-1042"],
    ["colour", maybe, null],
    ["colour", { anyOf: [{ type: "string" }, { type: "null" }] }, null],
    ["colour", { type: "string", nullable: true }, null],
    ["colour", text, ""],
  ])("%s by its name", (name, schema, expected) => {
    expect(fill(object({ [name]: schema }))).toEqual({ [name]: expected });
  });

  test("what the text does not tell is left out where it may be", () => {
    expect(fill(object({ colour: text, order_id: text }, ["order_id"]))).toEqual({ order_id: "A-1042" });
  });

  test("objects in objects, and references", () => {
    const schema = {
      ...object({ customer: { $ref: "#/$defs/person" }, order: { allOf: [object({ id: text }), { title: "Order" }] } }),
      $defs: { person: object({ name: text, email: { type: "string", format: "email" } }) },
    };
    expect(fill(schema)).toEqual({
      customer: { name: "Anna Schmidt", email: "anna.schmidt@example.com" },
      order: { id: "A-1042" },
    });
  });

  test("a name and its value that stand in the text", () => {
    expect(fill(object({ size: text, colour: text }), 'The size: XL, the colour is "dark red".')).toEqual({
      size: "XL",
      colour: "dark red",
    });
  });

  test("each place of a tuple by its own schema", () => {
    const items = [{ type: "string", format: "email" }, { type: "number" }];
    const expected = { pair: ["anna.schmidt@example.com", 49.9] };
    expect(fill(object({ pair: { type: "array", description: "paid", prefixItems: items } }))).toEqual(expected);
    expect(fill(object({ pair: { type: "array", description: "paid", items } }))).toEqual(expected);
  });

  test("enum values keep their type", () => {
    expect(fill({ enum: [1, 2, null] }, "2")).toBe(2);
  });

  test("a schema that contains itself comes to an end", () => {
    const node = { type: "object", properties: { value: text, next: { $ref: "#" } } };
    expect(fill({ ...node, required: ["value"] })).toMatchObject({ value: "" });
    expect(fill({ $defs: { loop: { $ref: "#/$defs/loop" } }, $ref: "#/$defs/loop" })).toBeTypeOf("string");
    expect(() => fill({ ...node, required: ["value", "next"] })).not.toThrow();
  });

  test("a property may have any name", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"const":1},"constructor":{"const":2}},"required":["toString"]}',
    );
    expect(JSON.stringify(fill(schema))).toBe('{"__proto__":1,"constructor":2,"toString":""}');
  });
});

const NAMES = ["name", "email", "order_id", "amount", "summary", "is_urgent", "tags", "date", "category", "items", "x"];

/** Schemas with the limits that people write, each of which some value can meet. */
const schemas = fc.letrec<{ any: JsonSchema; leaf: JsonSchema }>((tie) => ({
  leaf: fc.oneof(
    fc.constant<JsonSchema>({ type: "boolean" }),
    fc.constant<JsonSchema>({ type: "null" }),
    fc
      .uniqueArray(fc.string({ maxLength: 8 }), { minLength: 1, maxLength: 4 })
      .map((values): JsonSchema => ({ type: "string", enum: values })),
    fc
      .constantFrom("email", "date", "date-time", "uri", "uuid", "ipv4")
      .map((format): JsonSchema => ({ type: "string", format })),
    fc
      .constantFrom(
        "^[A-Z]{2}-\\d{3,5}$",
        "^(?:red|green)$",
        "^[a-z0-9_]+$",
        "\\d+",
        "^a?b*[^\\s]$",
        "^\\+?[1-9]\\d{1,14}$",
      )
      .map((pattern): JsonSchema => ({ type: "string", pattern })),
    fc
      .tuple(fc.nat(20), fc.nat(30))
      .map(([minLength, more]): JsonSchema => ({ type: "string", minLength, maxLength: minLength + more })),
    fc
      .tuple(fc.constantFrom("number", "integer"), fc.integer({ min: -50, max: 50 }), fc.integer({ min: 1, max: 100 }))
      .map(([type, minimum, more]): JsonSchema => ({ type, minimum, maximum: minimum + more })),
    fc
      .integer({ min: -9, max: 9 })
      .map((exclusiveMinimum): JsonSchema => ({ type: "integer", exclusiveMinimum, multipleOf: 3 })),
    fc
      .integer({ min: -9, max: 9 })
      .map((low): JsonSchema => ({ type: "number", exclusiveMinimum: low, exclusiveMaximum: low + 1 })),
  ),
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    tie("leaf"),
    fc
      .tuple(fc.dictionary(fc.constantFrom(...NAMES), tie("any"), { maxKeys: 4 }), fc.boolean())
      .map(([properties, all]): JsonSchema => object(properties, all ? Object.keys(properties) : [])),
    fc
      .tuple(tie("any"), fc.nat(2), fc.nat(3))
      .map(([items, minItems, more]): JsonSchema => ({ type: "array", items, minItems, maxItems: minItems + more })),
    fc.array(tie("any"), { minLength: 1, maxLength: 3 }).map((anyOf): JsonSchema => ({ anyOf })),
  ),
}));

test("the filled value always obeys the schema", () => {
  const texts = fc.oneof(
    fc.constantFrom(MAIL, "", "7", "urgent -3.5 €"),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  );
  fc.assert(
    fc.property(schemas.any, texts, (schema, text) => {
      // zod wants its own type of schema; what is made here is one.
      const { success, error } = z
        .fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0])
        .safeParse(fill(schema, text));
      expect(error?.issues).toBeUndefined();
      expect(success).toBe(true);
    }),
    { numRuns: 400 },
  );
});

test("unique items are unique", () => {
  const items = fc.constantFrom<JsonSchema>(
    { type: "integer", minimum: 0, maximum: 9 },
    { type: "string", maxLength: 6 },
    { type: "boolean" },
  );
  fc.assert(
    fc.property(items, fc.constantFrom(MAIL, "", "a a a 1 1 9"), (items, text) => {
      const filled = fill({ type: "array", items, uniqueItems: true, minItems: 2, maxItems: 5 }, text);
      const values = z.array(z.union([z.number(), z.string(), z.boolean()])).parse(filled);
      expect(new Set(values).size).toBe(values.length);
      expect(values.length).toBeGreaterThanOrEqual(2);
    }),
  );
});
