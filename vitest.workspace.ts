import { defineConfig } from "vitest/config";

/** Vitest resolves workspace packages to their sources, so that no test needs a build. */
const conditions = ["@catenary/source", "module", "node", "development|production"];

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    projects: ["core", "testing", "ollama", "openai"]
      .map((name) => ({
        extends: true as const,
        test: { name, include: [`packages/${name}/src/**/*.test.ts`, `packages/${name}/tests/**/*.test.ts`] },
      }))
      .concat([
        { extends: true as const, test: { name: "examples", include: ["examples/**/*.test.ts", "docs/**/*.test.ts"] } },
        { extends: true as const, test: { name: "ci", include: [".ci/**/*.test.ts", "benchmarks/**/*.test.ts"] } },
      ]),
  },
});
