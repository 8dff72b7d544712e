import { configDefaults, defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Vitest resolves workspace packages to their sources, so that no test needs a build. */
const conditions = ["@catenary/source", "module", "node", "development|production"];

/** Tests that use a real server where one is there. */
const withServers = [
  "packages/ollama/tests/*.test.ts",
  "packages/openai/tests/*.test.ts",
  "packages/cli/tests/real-ollama.test.ts",
];

/** What pages show: docs/pages.test.ts writes them, and runs each in its own way. */
const pagePrograms = "docs/programs/**";

/** Each of these has a process of its own, because what it does there is felt by others, or what others did by it. */
const alone = [
  // What they import replaces something global: requests and answers, `process.chdir` and the like, methods of sets.
  "examples/hono/app.test.ts",
  "packages/http/tests/hono.test.ts",
  "packages/core/tests/library-schemas.test.ts",
  "packages/cli/tests/models.test.ts",
  "packages/cli/tests/serve-local.test.ts",
  "benchmarks/routing/simulation/simulation.test.ts",
  // They look at the memory or the handles of the process, or load native libraries into it.
  "packages/http/tests/soak.test.ts",
  "packages/node/tests/connections.test.ts",
  "packages/llama-cpp/**/*.test.ts",
  "examples/triage/{local,tickets}.test.ts",
  "examples/local/*.test.ts",
  "benchmarks/benchmarks.test.ts",
  // They count what listens to any signal of the process.
  "packages/core/src/surroundings/abort.test.ts",
  "packages/core/tests/abort-soak.test.ts",
  "packages/core/tests/direct-calls.test.ts",
  "packages/core/tests/driver.property.test.ts",
  "packages/core/tests/routed-calls.property.test.ts",
  // They load modules once more, or others in their place.
  "packages/core/src/errors/catenary-error.test.ts",
  "packages/core/src/handler/hook.test.ts",
  "packages/sqlite/tests/failures.test.ts",
];

/** What takes long begins first, so that at the end no core waits for another. */
const longest = [
  "docs/pages.test.ts",
  "packages/cli/tests/serve.test.ts",
  "packages/core/tests/types/types.test.ts",
  "packages/sqlite/tests/processes.test.ts",
  "packages/openai/tests/failover/failover.test.ts",
  "packages/core/tests/types/completions.test.ts",
  "benchmarks/types/types.test.ts",
];

/** Vitest's order, which knows how long files took where they ran before, behind the longest. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const known = await super.sort(files);
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((file) => moduleId.endsWith(file));
      return index === -1 ? longest.length : index;
    };
    // A process that others share goes on only while the next file is for it too.
    const isShared = ({ project }: TestSpecification) => Number(!project.config.isolate);
    return known.sort((a, b) => isShared(a) - isShared(b) || place(a) - place(b));
  }
}

const tests = (name: string, include: readonly string[], exclude: readonly string[] = []) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: [...configDefaults.exclude, pagePrograms, ...exclude] },
});

const shared = tests(
  "shared",
  [
    "packages/*/src/**/*.test.ts",
    "packages/*/tests/**/*.test.ts",
    "examples/**/*.test.ts",
    "docs/**/*.test.ts",
    ".ci/**/*.test.ts",
    "benchmarks/**/*.test.ts",
  ],
  [...withServers, ...alone],
);

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    // Vitest would leave one core to itself, which on a machine of two is half of them.
    maxWorkers: "100%",
    // Far more than any test takes, so that a machine with other work fails none.
    testTimeout: 20_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      // A process for each file, and all modules anew in each, took as long as the tests themselves. That a file changes
      // nothing for the next is checked behind each.
      { ...shared, test: { ...shared.test, isolate: false, setupFiles: ".ci/leave-nothing.ts" } },
      tests("alone", alone),
      {
        extends: true as const,
        test: {
          name: "servers",
          include: withServers,
          // A model's threads wait for each other by spinning: beside other work two cores are not enough for them. So these
          // come last and one after another, and are given time.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          isolate: false,
          setupFiles: ".ci/leave-nothing.ts",
          testTimeout: 60_000,
        },
      },
    ],
  },
});
