import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..", "..", "..", "..");

/** The compilers that projects have, by the folders of their packages. */
export const COMPILERS = ["typescript", "typescript5"] as const;

export type Compiler = (typeof COMPILERS)[number];

export interface Diagnostic {
  /** Relative to this folder. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Such as `TS2322`. */
  readonly code: string;
  /** The message and all that it goes on with. */
  readonly message: string;
}

const execute = promisify(execFile);

/**
 * Compiles programs against the declarations of the package, as its users do, and writes their own declarations into the
 * folder of the compiler's name beside those. The errors, in the order of files and lines.
 */
export async function compileFixtures(
  compiler: Compiler,
  declarations: string,
  include: readonly string[],
): Promise<readonly Diagnostic[]> {
  const project = join(declarations, `tsconfig.${compiler}.json`);
  const compilerOptions = {
    rootDir: ROOT,
    outDir: join(declarations, compiler),
    declaration: true,
    emitDeclarationOnly: true,
    paths: { "@catenary/core": [join(declarations, "index.d.ts")] },
  };
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, "tsconfig.base.json"), compilerOptions, include }));
  const tsc = join(ROOT, "node_modules", compiler, "bin", "tsc");
  const args = [tsc, "-p", project, "--pretty", "false", "--noErrorTruncation"];
  const { stdout } = await execute(process.execPath, args, {
    cwd: import.meta.dirname,
    maxBuffer: 64 * 1024 * 1024,
  }).catch((failure: { readonly stdout: string }) => failure);
  return readDiagnostics(stdout);
}

function readDiagnostics(report: string): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const line of report.split("\n").filter((text) => text.trim() !== "")) {
    const [, file = "", row = "", code = "", message = ""] =
      /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line) ?? [];
    const last = found.at(-1);
    if (code !== "") found.push({ file, line: Number(row), code, message });
    else if (last === undefined) found.push({ file: "", line: 0, code: "", message: line });
    else found[found.length - 1] = { ...last, message: `${last.message}\n${line}` };
  }
  return found;
}
