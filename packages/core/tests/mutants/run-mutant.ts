import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startVitest } from "vitest/node";
import { MUTANTS } from "./mutants.ts";

// Runs the tests of routing with one mistake in the code, and ends with 0 where they notice it. The files stay as they are:
// the mistake is made while they are loaded.

const CORE = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const TESTS = [
  "src/routing/health",
  "src/routing/policies",
  "src/routing/selection",
  "src/routing/waiting",
  "src/routing/call/try-candidates.test.ts",
  "tests/routing-selection.property.test.ts",
];

const mutant = MUTANTS[Number(process.argv[2])];
if (mutant === undefined) throw new Error(`expected the place of a mutant below ${MUTANTS.length}`);
const path = join(CORE, "src", mutant.file);
const mutated = readFileSync(path, "utf8").replace(mutant.from, () => mutant.to);
// What is transformed with a mistake must never be found by a run without.
const cacheDir = mkdtempSync(join(tmpdir(), "catenary-mutant-"));
let isLoaded = false;

const vitest = await startVitest(
  [...(mutant.tests ?? TESTS)],
  { root: CORE, config: false, watch: false, reporters: [{}], testTimeout: 20_000, fsModuleCache: false },
  {
    cacheDir,
    resolve: { conditions: ["@catenary/source", "module", "node", "development|production"] },
    ssr: { resolve: { conditions: ["@catenary/source", "module", "node", "development|production"] } },
    plugins: [
      {
        name: "mutant",
        enforce: "pre",
        load(id) {
          if (id.split("?")[0] !== path) return undefined;
          isLoaded = true;
          return mutated;
        },
      },
    ],
  },
);
const results = vitest.state.getTestModules().map((module) => module.state());
await vitest.close();
rmSync(cacheDir, { recursive: true, force: true });
if (!isLoaded || results.length === 0) throw new Error(`the tests never loaded ${mutant.file}`);
process.exitCode = results.includes("failed") ? 0 : 1;
process.exit();
