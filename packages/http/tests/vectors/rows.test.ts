import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Row } from "./rows/row.ts";
import { ROWS } from "./rows/rows.ts";

const page = readFileSync(new URL("../../../../docs/differences.md", import.meta.url), "utf8");

/** The rows of the page's section about HTTP, by the sections in it: those that are better, and those that are free. */
function rowsOfPage(kind: Row["kind"]): readonly string[] {
  const section = page.split(/^## /m).find((part) => part.startsWith("HTTP\n")) ?? "";
  const parts = section.split(/^### /m).filter((part) => part.startsWith("Free") === (kind === "free"));
  return parts.flatMap((part) => [...part.matchAll(/^\| ([a-z]+: .*?) \|/gm)].map(([, name = ""]) => name.trim()));
}

function namesOf(kind: Row["kind"]): readonly string[] {
  return ROWS.filter((row) => row.kind === kind).map(({ name }) => name);
}

describe("the rows of differences over HTTP", () => {
  test("are those of the page, in its order", () => {
    expect(rowsOfPage("better")).toEqual(namesOf("better"));
    expect(rowsOfPage("free")).toEqual(namesOf("free"));
  });

  test("have names of their own, and each case stands in one of them", () => {
    const names = ROWS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const all = ROWS.flatMap(({ cases }) => cases);
    expect(all.filter((name, at) => all.indexOf(name) !== at)).toEqual([]);
  });
});
