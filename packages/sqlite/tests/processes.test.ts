import { statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { sqliteStores } from "../src/sqlite-stores.ts";
import { afterChanges } from "./fixtures/changes.ts";
import { runProgram } from "./fixtures/run-program.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

test.each(["full", "normal"] as const)(
  "a process that is killed in the middle of its changes loses none that was acknowledged (%s)",
  { timeout: 120_000 },
  async (durability) => {
    const path = join(temporaryFolder(), "records.db");
    for (const [round, acknowledged] of [1, 2, 7, 40, 111].entries()) {
      const kind = `round ${round}`;
      const notes = `${path}.${round}`;
      const program = runProgram("make-changes.ts", [path, kind, durability, notes]);
      while (sizeOf(notes) < acknowledged && program.child.exitCode === null) await setTimeout(1);
      program.child.kill("SIGKILL");
      const { errors, signal } = await program.ended;
      expect({ errors, signal }).toEqual({ errors: "", signal: "SIGKILL" });
      const made = sizeOf(notes);
      expect(made).toBeGreaterThanOrEqual(acknowledged);

      using stores = sqliteStores({ path });
      const found = JSON.stringify(await stores.records.list(kind));
      // The change on its way may have been made, without anybody having been told.
      const allowed = [made, made + 1].map((count) => JSON.stringify(afterChanges(count)));
      expect(allowed).toContain(found);
      if (round > 0) expect(await stores.records.list("round 0")).not.toEqual([]);
    }
  },
);

test("several processes open a new file at the same moment, write at the same time, and lose nothing", {
  timeout: 120_000,
}, async () => {
  const path = join(temporaryFolder(), "records.db");
  const prefixes = ["a", "b", "c", "d"];
  const count = 150;
  const programs = prefixes.map((prefix) => runProgram("put-many.ts", [path, prefix, `${count}`]));
  for (const { ended } of programs) expect(await ended).toMatchObject({ output: "ok", errors: "" });

  using stores = sqliteStores({ path });
  const ids = (await stores.records.list("chain")).map(({ id }) => id);
  expect(ids).toHaveLength(prefixes.length * count);
  for (const prefix of prefixes) {
    const own = Array.from({ length: count }, (_, index) => `${prefix}${index}`);
    expect(ids.filter((id) => id.startsWith(prefix))).toEqual(own);
  }
});

test("nothing is printed when SQLite is loaded, and other warnings still are", { timeout: 60_000 }, async () => {
  const path = join(temporaryFolder(), "records.db");
  const { output, errors } = await runProgram("put-many.ts", [path, "a", "1"]).ended;
  expect({ output, errors }).toEqual({ output: "ok", errors: "" });
  const warned = await runProgram("warn.ts", []).ended;
  expect(warned.errors).toContain("Warning: of the program itself");
  expect(warned.errors).not.toContain("SQLite");
});

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
