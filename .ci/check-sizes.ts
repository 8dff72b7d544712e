import { measureFunctions } from "./measure-functions.ts";
import { printProblem } from "./problem.ts";
import { judgeSize } from "./size-limits.ts";
import { listPackages, ROOT, readSources } from "./source-files.ts";

// Files and functions stay short enough to be read in one go. Tests are not measured.

const sources = readSources(ROOT, [
  ...listPackages(ROOT).map((name) => `packages/${name}/src`),
  "examples",
  "benchmarks",
  ".ci",
]);
const verdicts = sources.flatMap((file) => judgeSize(file, measureFunctions(file)));
const failures = verdicts.filter(({ severity }) => severity === "error");

for (const verdict of verdicts) console.error(`${verdict.severity}: ${printProblem(verdict)}`);
console.log(
  `sizes: ${sources.length} files, ${verdicts.length - failures.length} warnings, ${failures.length} failures`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
