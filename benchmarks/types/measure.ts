import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Form, writeChain } from "./write-chain.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** The compilers that projects have, by the folders of their packages. */
export const COMPILERS = ["typescript", "typescript5"] as const;

export type Compiler = (typeof COMPILERS)[number];

/** What checking a program took, as the compiler tells with `--extendedDiagnostics`. */
export interface Cost {
  readonly instantiations: number;
  readonly checkMs: number;
  readonly totalMs: number;
  readonly memoryMb: number;
}

/**
 * Checks a program with one chain of so many tasks against the declarations of the core, which stand in the given folder.
 * Throws where it does not compile.
 */
export function measureChain(compiler: Compiler, declarations: string, tasks: number, form: Form): Cost {
  const name = `${compiler}-${form.replaceAll(" ", "-")}-${tasks}`;
  writeFileSync(join(declarations, `${name}.ts`), writeChain(tasks, form));
  const compilerOptions = { noEmit: true, paths: { "@catenary/core": [join(declarations, "index.d.ts")] } };
  const project = join(declarations, `tsconfig.${name}.json`);
  writeFileSync(
    project,
    JSON.stringify({ extends: join(ROOT, "tsconfig.base.json"), compilerOptions, files: [`${name}.ts`] }),
  );
  const tsc = join(ROOT, "node_modules", compiler, "bin", "tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", project, "--extendedDiagnostics"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`expected a chain of ${tasks} tasks ${form} to compile, got:\n${stdout}`);
  return readCost(stdout);
}

function readCost(report: string): Cost {
  const read = (name: string, unit: RegExp) => {
    const value = new RegExp(`^${name}:\\s*([\\d.]+)${unit.source}`, "m").exec(report)?.[1];
    if (value === undefined) throw new Error(`expected a line "${name}" in the compiler's report, got:\n${report}`);
    return Number(value);
  };
  return {
    instantiations: read("Instantiations", /$/),
    checkMs: read("Check time", /s/) * 1000,
    totalMs: read("Total time", /s/) * 1000,
    memoryMb: read("Memory used", /K/) / 1024,
  };
}
