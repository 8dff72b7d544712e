import { expect, test } from "vitest";
import { z } from "zod";
import { problemOf } from "./problem-of.ts";

const part = z.looseObject({ type: z.string() });
const schema = z.looseObject({
  name: z.string(),
  content: z.union([z.string(), z.array(part)]).optional(),
  count: z.int().min(1).max(4).optional(),
  stop: z.array(z.string()).max(1).optional(),
  labels: z.record(z.string(), z.string()).optional(),
  choice: z.union([z.enum(["auto", "none"]), z.looseObject({})]).optional(),
  at: z
    .string()
    .refine((text) => text === "now", { error: "the word now" })
    .optional(),
  on: z.boolean().optional(),
});

test.each([
  [{}, "name", "expects a string; got none"],
  [[], "", "expects an object; got an array"],
  [{ name: "n", content: 5 }, "content", "expects a string, or an array; got a number"],
  [{ name: "n", content: [{ type: "a" }, { type: 4 }] }, "content.1.type", "expects a string; got a number"],
  [{ name: "n", count: 1.5 }, "count", "expects a whole number; got a number"],
  [{ name: "n", count: 9 }, "count", "expects at most 4; got more"],
  [{ name: "n", count: 0 }, "count", "expects at least 1; got less"],
  [{ name: "n", stop: ["a", "b"] }, "stop", "expects at most 1 items; got more"],
  [{ name: "n", labels: { "secret-name": 1 } }, "labels.secret-name", "expects a string; got a number"],
  [{ name: "n", choice: "secret" }, "choice", "expects one of auto, none, or an object; got a string"],
  [{ name: "n", at: "secret" }, "at", "expects the word now"],
  [{ name: "n", on: null }, "on", "expects a boolean; got null"],
])("%j: %s %s", (value, field, text) => {
  expect(problemOf(schema.safeParse(value).error?.issues ?? [], value)).toEqual({ field, text });
});
