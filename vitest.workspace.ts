import { configDefaults, defineConfig } from "vitest/config";

/** Vitest resolves workspace packages to their sources, so that no test needs a build. */
const conditions = ["@catenary/source", "module", "node", "development|production"];

/** Tests that use a real server where one is there. */
const withServers = ["packages/ollama/tests/*.test.ts", "packages/openai/tests/*.test.ts"];

/** What pages show: docs/pages.test.ts writes them, and runs each in its own way. */
const pagePrograms = "docs/programs/**";

const tests = (name: string, ...include: readonly string[]) => ({
  extends: true as const,
  test: { name, include: [...include], exclude: [...configDefaults.exclude, ...withServers, pagePrograms] },
});

const ofPackage = (name: string) =>
  tests(name, `packages/${name}/src/**/*.test.ts`, `packages/${name}/tests/**/*.test.ts`);

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    // Vitest would leave one core to itself, which on a machine of two is half of them.
    maxWorkers: "100%",
    projects: [
      ...["core", "node", "testing", "ollama", "openai", "gemini", "ai-sdk", "llama-cpp", "sqlite", "http", "cli"].map(
        ofPackage,
      ),
      tests("examples", "examples/**/*.test.ts", "docs/**/*.test.ts"),
      tests("tools", ".ci/**/*.test.ts", "benchmarks/**/*.test.ts"),
      {
        extends: true as const,
        test: {
          name: "servers",
          include: withServers,
          // A model's threads wait for each other by spinning: beside other work two cores are not enough for them. So these
          // come last and one after another, and are given time.
          sequence: { groupOrder: 1 },
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
    ],
  },
});
