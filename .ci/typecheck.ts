import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { listPackages, ROOT } from "./source-files.ts";

// The whole repository, then every package as its users get it: without tests, without Node's types, and core without
// what only a browser's page has, and all packages' sources with the older compiler that users may have. Everything is read from
// the sources, so nothing has to be built before.

interface Check {
  readonly name: string;
  /** The folder of its package. */
  readonly compiler: "typescript" | "typescript5";
  readonly args: readonly string[];
}

const FROM_SOURCES = ["--noEmit", "--customConditions", "@catenary/source", "--rootDir", "."];
const WORKER_LIBS = ["--lib", "ES2024,ESNext.Disposable,WebWorker,WebWorker.Iterable,WebWorker.AsyncIterable"];

const checks: Check[] = [
  { name: "the repository", compiler: "typescript", args: ["-p", "tsconfig.json"] },
  { name: "the packages with TypeScript 5", compiler: "typescript5", args: ["-p", ".ci/tsconfig.sources.json"] },
  ...listPackages(ROOT).map((name) => ({
    name: `packages/${name} alone`,
    compiler: "typescript" as const,
    args: [
      ...["-p", `packages/${name}/tsconfig.build.json`, "--emitDeclarationOnly", "false", ...FROM_SOURCES],
      ...(name === "core" ? WORKER_LIBS : []),
    ],
  })),
];

const failed = checks.filter(({ name, compiler, args }) => {
  const tsc = join(ROOT, "node_modules", compiler, "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, ...args], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) console.error(`types: ${name}: tsc ended with ${status}\n`);
  return status !== 0;
});
console.log(`types: ${checks.length} checks, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
