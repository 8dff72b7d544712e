import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ROWS } from "./rows/rows.ts";

const page = readFileSync(new URL("../../../../docs/differences.md", import.meta.url), "utf8");

/** The rows of the page's tables by their section: those that are better, and those that are free. */
function rowsOfPage(section: "Better" | "Free"): readonly string[] {
  const text = page.split(/^## /m).find((part) => part.startsWith(section)) ?? "";
  return [...text.matchAll(/^\| ([a-z]+: .*?) \|/gm)].map(([, name = ""]) => name.trim());
}

function namesOf(kind: "better" | "free"): readonly string[] {
  return ROWS.filter((row) => row.kind === kind).map(({ name }) => name);
}

describe("the rows of differences", () => {
  test("are those of the page, in its order", () => {
    expect(rowsOfPage("Better")).toEqual(namesOf("better"));
    expect(rowsOfPage("Free")).toEqual(namesOf("free"));
  });

  test("have names of their own", () => {
    const names = ROWS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("cover 1 to 25 cases each, and each case once", () => {
    expect(ROWS.filter(({ cases }) => cases.length === 0 || cases.length > 25).map(({ name }) => name)).toEqual([]);
    const all = ROWS.flatMap(({ cases }) => cases);
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  });
});
