import { describe, expect, it } from "vitest";
import { suggest } from "./suggest.ts";

describe("suggest", () => {
  it.each([
    ["tojson", ["trim", "toJson"], "toJson"],
    ["uper", ["lower", "upper"], "upper"],
    ["prnit", ["println", "print"], "print"],
    ["raw_sting", ["raw_string", "parse_range"], "raw_string"],
    ["inptu", ["input"], "input"],
  ])("takes %s for a misspelling", (word, candidates, expected) => {
    expect(suggest(word, candidates)).toBe(expected);
  });

  it("stays silent where nothing is near", () => {
    expect(suggest("xyz", ["upper", "lower"])).toBeUndefined();
    expect(suggest("a", ["b"])).toBeUndefined();
    expect(suggest("anything", [])).toBeUndefined();
  });

  it("does not suggest the word itself", () => {
    expect(suggest("trim", ["trim"])).toBeUndefined();
  });

  it("compares very long words by case only", () => {
    const long = "a".repeat(5000);
    expect(suggest(long, [`${long}b`])).toBeUndefined();
    expect(suggest(long, [long.toUpperCase()])).toBe(long.toUpperCase());
  });
});
