import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { writePage } from "../report/write-page.ts";
import { gatesOf } from "./simulation/gates.ts";
import { plotLoads } from "./simulation/plot-loads.ts";
import {
  measureLoads,
  printFaults,
  printGates,
  printLoads,
  printOverload,
  printSessions,
} from "./simulation/print-tables.ts";

// Simulates pools, faults and loads with the runtime's own routing code, and prints Markdown. See docs/routing-policies.md.

const { values: asked } = parseArgs({
  options: {
    seeds: { type: "string", default: "3" },
    seconds: { type: "string", default: "1200" },
    /** Puts the tables and the picture into docs/. */
    write: { type: "boolean", default: false },
  },
});
const extent = { seeds: Number(asked.seeds), seconds: Number(asked.seconds) };
const points = measureLoads(extent);
const gates = gatesOf(extent);
const parts = {
  gates: printGates(gates),
  loads: printLoads(points),
  faults: printFaults(extent),
  overload: printOverload(extent),
  sessions: printSessions(extent),
  extent: `${extent.seeds} seeds, ${extent.seconds} simulated seconds each, the first tenth not counted.`,
};
for (const [name, text] of Object.entries(parts)) console.log(`## ${name}\n\n${text}\n`);
if (asked.write) {
  const docs = join(import.meta.dirname, "../../docs");
  const page = join(docs, "routing-policies.md");
  for (const [name, text] of Object.entries(parts)) writePage(page, name, text);
  mkdirSync(join(docs, "pictures"), { recursive: true });
  writeFileSync(join(docs, "pictures/policies-by-load.svg"), await plotLoads(points));
  // The repository's formatter aligns the columns, and its check insists on that.
  const { status } = spawnSync("biome", ["format", "--write", page], { stdio: "inherit" });
  if (status !== 0) console.error(`${page} is written, but not formatted: run npx -y pnpm@12 lint:fix`);
}
process.exitCode = gates.every(({ isPassed }) => isPassed) ? 0 : 1;
