import fc from "fast-check";
import { expect, test } from "vitest";
import { messageOf } from "./message-of.ts";

test.each([
  ["an error", new Error("broken"), "broken"],
  ["an error without a message", new RangeError(), "RangeError"],
  ["what looks like an error", { message: "broken" }, "broken"],
  ["a text", "broken", "broken"],
  ["a number", 5, "5"],
  ["nothing", undefined, "undefined"],
  ["null", null, "null"],
  ["a symbol", Symbol("s"), "Symbol(s)"],
  ["an object that has no text", Object.create(null), "a thrown object that cannot be printed"],
])("%s says what it can", (_, thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});

test("an error whose message cannot be read says so", () => {
  const thrown = Object.defineProperty({}, "message", {
    get() {
      throw new Error("not for you");
    },
  });
  expect(messageOf(thrown)).toMatch(/cannot be printed/);
});

test("whatever was thrown has a text", () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }), (thrown) => {
      expect(typeof messageOf(thrown)).toBe("string");
    }),
  );
});
