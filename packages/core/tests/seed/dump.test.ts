import { writeFileSync } from "node:fs";
import { test } from "vitest";
import { differencesOf } from "./differences.ts";
import { play } from "./play.ts";
import { readCases } from "./recorded-case.ts";
import { theirAnswer } from "./their-answer.ts";

test("dump", { timeout: 60000 }, async () => {
  const out = await Promise.all(
    readCases().map(async (c) => {
      const theirs = theirAnswer(c);
      const ours = await play(c);
      return { name: c.name, c, theirs, ours, diff: differencesOf(theirs, ours) };
    }),
  );
  const undef = (_k: string, v: unknown) => (v === undefined ? "<undefined>" : Object.is(v, -0) ? "-0" : v);
  writeFileSync(
    "/tmp/seed6.json",
    JSON.stringify(
      out.filter((o) => Object.keys(o.diff).length > 0),
      undef,
    ),
  );
  console.log(out.length, out.filter((o) => Object.keys(o.diff).length > 0).length);
});
