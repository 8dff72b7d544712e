import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkEnginePurity } from "./engine-purity.ts";
import { findCycles } from "./find-cycles.ts";
import { checkPackageOrder, type Manifest } from "./package-order.ts";
import { type Problem, printProblem } from "./problem.ts";
import { readImports } from "./read-imports.ts";
import { checkRoomOrder } from "./room-order.ts";
import { listPackages, ROOT, readSources } from "./source-files.ts";

// Imports point one way: between the rooms of core, between files, and between packages. Tests may import anything.

const packages = listPackages(ROOT);
const sources = readSources(
  ROOT,
  packages.map((name) => `packages/${name}/src`),
);
const imports = new Map(sources.map((file) => [file.path, readImports(file)]));
const manifests = new Map(
  packages.map((name): [string, Manifest] => [
    name,
    JSON.parse(readFileSync(join(ROOT, "packages", name, "package.json"), "utf8")),
  ]),
);

const problems: Problem[] = [
  ...checkRoomOrder(imports),
  ...checkPackageOrder(imports, manifests),
  ...sources.flatMap(checkEnginePurity),
  ...findCycles(imports).map((cycle) => ({
    path: cycle[0] ?? "",
    line: 1,
    message: `is part of a circle of imports: ${[...cycle, cycle[0]].join(" → ")}`,
  })),
];

for (const problem of problems) console.error(printProblem(problem));
console.log(`imports: ${sources.length} files, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
