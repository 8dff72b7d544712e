import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { AREAS, findArea } from "./areas.ts";
import { type MeasuredScenario, measureScenario } from "./measure/measure-scenario.ts";
import { describeSurroundings } from "./report/surroundings.ts";
import { printTable } from "./report/table.ts";
import { printTargets } from "./report/targets.ts";
import { writePage } from "./report/write-page.ts";

// Measures the areas that are named, or all, and prints Markdown. See docs/performance.md.

const { values: asked, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string", default: "5" },
    window: { type: "string", default: "800" },
    scenarios: { type: "string" },
    /** Names of contestants, or how they begin; floors always run. */
    only: { type: "string", multiple: true, default: [""] },
    without: { type: "string", multiple: true, default: [] },
    /** Puts the tables into docs/performance.md. */
    write: { type: "boolean", default: false },
  },
});
const rounds = Number(asked.rounds);
const windowMs = Number(asked.window);
const areas = positionals.length === 0 ? AREAS : positionals.map(findArea);
const isAsked = (name: string) =>
  asked.only.some((start) => name.startsWith(start)) && !asked.without.some((start) => name.startsWith(start));
const scenarios = asked.scenarios?.split(",");

if (asked.write && (positionals.length > 0 || scenarios !== undefined))
  throw new Error("--write makes the whole page anew: measure everything, without naming areas or scenarios");

const all: MeasuredScenario[] = [];
const tables: string[] = [];
for (const area of areas) {
  const title = `### ${area.name[0]?.toUpperCase()}${area.name.slice(1)}`;
  tables.push(title);
  console.log(`${title}\n`);
  for (const scenario of area.scenarios) {
    if (scenarios !== undefined && !scenarios.includes(scenario.name)) continue;
    const measured = await measureScenario(scenario, {
      area: area.name,
      rounds,
      windowMs,
      isAsked: (name) => name === scenario.floor || isAsked(name),
    });
    all.push(measured);
    const table = `#### ${scenario.title}\n\n${printTable(measured)}`;
    tables.push(table);
    console.log(`${table}\n`);
  }
}
const surroundings = describeSurroundings(
  all.flatMap(({ loads }) => loads),
  rounds,
  windowMs,
);
const targets = printTargets(all);
console.log(`## Targets\n\n${targets}\n\n${surroundings}`);
if (asked.write) {
  const page = join(import.meta.dirname, "../docs/performance.md");
  writePage(page, "targets", targets);
  writePage(page, "surroundings", surroundings);
  writePage(page, "tables", tables.join("\n\n"));
  // The repository's formatter aligns the columns, and its check insists on that.
  const { status } = spawnSync("biome", ["format", "--write", page], { stdio: "inherit" });
  if (status !== 0) console.error(`${page} is written, but not formatted: run npx -y pnpm@12 lint:fix`);
}
