import { describe, expect, test } from "vitest";
import type { Cassette } from "./cassette.ts";
import { parseCassette } from "./cassette-text.ts";
import { replayCassette } from "./replay-cassette.ts";

const call = { kind: "generate", model: "m", request: {}, result: {} };
const withCall = (given: unknown) => ({
  version: 1,
  backend: { id: "a", type: "b" },
  models: [],
  calls: [call, given],
});

describe("a cassette whose calls are not whole", () => {
  test.each([
    ["a call without what came of it", { ...call, result: undefined }, "has no result, no error, and was not given up"],
    ["a result that is none", { ...call, result: "hi" }, "has no result"],
    ["a stream without parts", { ...call, kind: "stream" }, "has no parts, no error, and was not given up"],
    [
      "a kind that there is not",
      { ...call, kind: "stram" },
      'is to be of the kind generate, stream or embed, and is "stram"',
    ],
    ["no model", { ...call, model: undefined }, "lacks its model or its request"],
    ["an error without a message", { ...call, error: { name: "Error" } }, "has an error without a name or a message"],
    ["a call that is none", null, "is no object"],
  ])("is refused: %s", (_what, given, expected) => {
    expect(() => parseCassette(JSON.stringify(withCall(given)), "c.json")).toThrow(
      `c.json is to be a cassette, and its call number 2 ${expected}`,
    );
    // Safe: it is what programs in JavaScript may give.
    expect(() => replayCassette(withCall(given) as Cassette)).toThrow(`its call number 2 ${expected}`);
  });

  test("is taken where each call has one of its ends", () => {
    const error = { name: "Error", message: "off" };
    for (const end of [{ error }, { aborted: true }, { kind: "stream", parts: [] }, { kind: "stream", error }]) {
      const { result: _, ...asked } = call;
      expect(parseCassette(JSON.stringify(withCall({ ...asked, ...end })), "c.json").calls).toHaveLength(2);
    }
  });
});

test("what is no text of a cassette is not read, and it is said what came", () => {
  expect(() => parseCassette("{}")).toThrow("the text is to be a cassette, and it has no version, and 1 is known here");
  // @ts-expect-error A program in JavaScript may give it.
  expect(() => parseCassette({})).toThrow("parseCassette() expects the text of a cassette");
  // @ts-expect-error As above.
  expect(() => parseCassette()).toThrow("got nothing");
});

test("what is no cassette is not replayed", () => {
  // @ts-expect-error A program in JavaScript may give it.
  expect(() => replayCassette("c.json")).toThrow("replayCassette() expects a cassette, such as parseCassette() gives");
  // @ts-expect-error As above.
  expect(() => replayCassette({ version: 2 })).toThrow("it has the version 2, and 1 is known here");
  // @ts-expect-error As above.
  expect(() => replayCassette(withCall(call), { secret: ["hunter22"] })).toThrow('Did you mean "secrets"?');
});
