import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteStores } from "../src/sqlite-stores.ts";
import { afterChanges } from "./fixtures/changes.ts";
import { toStart } from "./fixtures/run-program.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

// A kill from outside lands between system calls by chance; strace can place it at each of them.

const hasStrace = spawnSync("strace", ["-qq", "-o", "/dev/null", "true"]).status === 0;
const isLong = Boolean(process.env.CATENARY_LONG);

/** Every so many of a call: the first ones make the file, later ones are in the middle of changes and of tidying up. */
const POINTS: readonly (readonly [call: string, turns: readonly number[]])[] = isLong
  ? [
      ["fdatasync,fsync", [1, 2, 3, 4, 5, 6, 7, 9, 12, 20, 40]],
      ["pwrite64", [...Array.from({ length: 16 }, (_, index) => index + 1), 20, 25, 30, 40, 60, 90]],
      ["ftruncate", [1, 2]],
    ]
  : [
      ["fdatasync,fsync", [2, 7]],
      ["pwrite64", [3, 14, 31]],
    ];

const cases = POINTS.flatMap(([call, turns]) => turns.map((turn) => [call, turn] as const));

// Not run where strace is not installed, or may not follow processes: there is no other way to stop at a system call.
test.skipIf(!hasStrace).for(cases)(
  "a process that is killed at a system call (%s, number %i) loses nothing that was acknowledged",
  { timeout: 60_000 },
  async ([call, turn]) => {
    const path = join(temporaryFolder(), "records.db");
    const notes = `${path}.notes`;
    const inject = ["-e", `trace=${call}`, "-e", `inject=${call}:signal=KILL:when=${turn}`];
    const node = [process.execPath, ...toStart("make-changes.ts"), path, "chain", "full", notes];
    const { status, signal, stderr } = spawnSync("strace", ["-f", "-qq", "-o", "/dev/null", ...inject, ...node], {
      encoding: "utf8",
      timeout: 50_000,
    });
    expect({ isKilled: signal === "SIGKILL" || status === 137, stderr }).toEqual({ isKilled: true, stderr: "" });

    const made = statSync(notes, { throwIfNoEntry: false })?.size ?? 0;
    using stores = sqliteStores({ path });
    const allowed = [made, made + 1].map((count) => JSON.stringify(afterChanges(count)));
    expect(allowed).toContain(JSON.stringify(await stores.records.list("chain")));
  },
);
