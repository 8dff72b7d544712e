import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { listPackages, ROOT } from "./source-files.ts";

// The whole repository, then every package as its users get it: without tests, without Node's types, and core without
// what only a browser's page has. Everything is read from the sources, so nothing has to be built before.

interface Check {
  readonly name: string;
  readonly args: readonly string[];
}

const FROM_SOURCES = ["--noEmit", "--customConditions", "@catenary/source", "--rootDir", "."];
const WORKER_LIBS = ["--lib", "ES2024,ESNext.Disposable,WebWorker,WebWorker.Iterable,WebWorker.AsyncIterable"];

const checks: Check[] = [
  { name: "the repository", args: ["-p", "tsconfig.json"] },
  ...listPackages(ROOT).map((name) => ({
    name: `packages/${name} alone`,
    args: [
      ...["-p", `packages/${name}/tsconfig.build.json`, "--emitDeclarationOnly", "false", ...FROM_SOURCES],
      ...(name === "core" ? WORKER_LIBS : []),
    ],
  })),
];

const failed = checks.filter(({ name, args }) => {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const { status } = spawnSync(process.execPath, [tsc, ...args], { cwd: ROOT, stdio: "inherit" });
  if (status !== 0) console.error(`types: ${name}: tsc ended with ${status}\n`);
  return status !== 0;
});
console.log(`types: ${checks.length} checks, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
