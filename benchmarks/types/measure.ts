import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeChain } from "./write-chain.ts";

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

/** Checks a program with one chain of so many tasks. Throws where it does not compile. */
export function measureChain(compiler: Compiler, tasks: number): Cost {
  const folder = join(import.meta.dirname, ".measured", `${compiler}-${tasks}`);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, "chain.ts"), writeChain(tasks));
    const compilerOptions = { noEmit: true, types: [] };
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: join(ROOT, "tsconfig.base.json"), compilerOptions, include: ["chain.ts"] }),
    );
    const tsc = join(ROOT, "node_modules", compiler, "bin", "tsc");
    const args = [tsc, "-p", folder, "--extendedDiagnostics"];
    return readCost(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
