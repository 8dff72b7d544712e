import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BUILT_IN_POLICIES, createRuntime, type ModelSelection } from "@catenary/core";
import { openai } from "@catenary/openai";
import { expect, test } from "vitest";
import { ROUTING_FIELDS } from "../packages/core/src/chain/wire/model-call-fields.ts";

const read = (page: string) => readFileSync(fileURLToPath(new URL(page, import.meta.url)), "utf8");
const page = read("reference.md");

/** The names in the first column of each table of a section, or of the part of it that begins with some words. */
function names(heading: string, begin = ""): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? "";
  const table = /(?:^\|.*\n)+/m.exec(section.slice(Math.max(0, section.indexOf(begin))))?.[0] ?? "";
  return table
    .split("\n")
    .slice(2)
    .flatMap((row) => [...(row.split("|")[1] ?? "").matchAll(/`(\w+)/g)].map((match) => match[1] ?? ""));
}

/** The names that an error lists, which is given a name that there is not. */
function listed(refused: () => unknown, before: RegExp): readonly string[] {
  try {
    refused();
  } catch (error) {
    return before.exec(String(error))?.[1]?.split(", ") ?? [];
  }
  return [];
}

test("the fields of `routing` in chains are those that chains have", () => {
  expect(names("executeConfig", "`routing`, of a task")).toEqual(
    expect.arrayContaining(ROUTING_FIELDS.map(({ name }) => name)),
  );
  expect(names("executeConfig", "`routing`, of a task")).toHaveLength(ROUTING_FIELDS.length);
});

test("the fields of `routing` in chains, but for `sticky`, are taken by `runtime.model`", () => {
  const selection = { policy: "auto", group: "g", session: "s", attempts: 1, deadline: "1m" } satisfies ModelSelection;
  expect(() => createRuntime().model({ ...selection })).not.toThrow();
  const all = [...Object.keys(selection), "purpose", "sticky"].sort();
  expect(names("executeConfig", "`routing`, of a task").toSorted()).toEqual(all);
});

test("the fields of a backend's routing are those that it may have", () => {
  const wrong: object = { nothing: 1 };
  const known = listed(() => openai({ apiKey: "sk-of-a-test", routing: wrong }), /it has ([\w, ]+)/);
  expect(known.length).toBeGreaterThan(0);
  expect(names("Routing of a backend").toSorted()).toEqual(known.toSorted());
});

test("the events are those that can be listened to", () => {
  // Safe: it is to be refused.
  const known = listed(() => createRuntime().on("nothing" as "*", () => {}), /there are: ([\w*, ]+)/);
  const told = [...names("Events"), ...names("Events", "Outside of runs")].filter((name) => name !== "events_dropped");
  expect(told.toSorted()).toEqual(known.filter((name) => name !== "*").toSorted());
});

test("the policies that chains may name are listed, with those of contenox/runtime", () => {
  const pages = `${read("chains-and-handlers.md")}${read("routing-policies.md")}`;
  expect(BUILT_IN_POLICIES.filter((name) => !pages.includes(`\`${name}\``))).toEqual([]);
});
