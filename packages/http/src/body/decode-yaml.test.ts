import { describe, expect, test } from "vitest";
import { decodeYaml } from "./decode-yaml.ts";

const limits = { depth: 64, bytes: 512 * 2 ** 10 };

test("the same data as JSON", async () => {
  const text = "a: 1\nb: [x, null, true]\nc:\n  - d: >-\n      two\n      words\n# a comment\n";
  expect(await decodeYaml(text, limits)).toEqual({ a: 1, b: ["x", null, true], c: [{ d: "two words" }] });
  expect(await decodeYaml("", limits)).toEqual({});
  expect(await decodeYaml('"\\uD800a": "\\uD83D\\uDE00"\n', limits)).toEqual({ "\ufffda": "\u{1f600}" });
  expect(await decodeYaml("a: &x [1]\nb: *x\n", limits)).toEqual({ a: [1], b: [1] });
});

// Each begins with a mistake, which nobody sees who does not parse it.
describe("refused before anything of it is parsed", () => {
  test.each([
    ["a text that is too long", "x".repeat(limits.bytes + 1)],
    ["a text whose letters take more bytes than they are", "ä".repeat(limits.bytes / 2 + 1)],
    ["a long list", `z:\n${"- a\n".repeat(12_000)}`],
    ["a long list on one line", `[${"a,".repeat(20_000)}]`],
    ["empty lists", `[${"[],".repeat(12_000)}]`],
    ["many keys", Array.from({ length: 12_000 }, (_, index) => `k${index}: 1\n`).join("")],
    ["comments", "#\n".repeat(20_000)],
    ["line ends", `a: 1${"\n".repeat(40_000)}`],
    ["brackets that open", "[".repeat(40_000)],
    ["brackets that close", "}".repeat(40_000)],
    ["escapes that are none", `"${"\\q".repeat(40_000)}"`],
  ])("%s: 413", async (_name, text) => {
    await expect(decodeYaml(`a: [}\n${text}`, limits)).rejects.toMatchObject({ status: 413 });
  });
});

test("what is no YAML is refused at its first mistake", async () => {
  await expect(decodeYaml(`a: 1\n${"}".repeat(1_000)}`, limits)).rejects.toThrow(/ at line 2, column 1$/);
});

test("a mistake in a value is told with its place", async () => {
  await expect(decodeYaml('a: 1\nb: "\\q"\n', limits)).rejects.toThrow(/ at line 2, column \d+$/);
});

test.each(["a: 1\na: 2\n", '{"a": 1, a: 2}', "x:\n  - 1: a\n    1: b\n"])(
  "%j has two keys of one name",
  async (text) => {
    await expect(decodeYaml(text, limits)).rejects.toThrow("two keys have one name");
  },
);
