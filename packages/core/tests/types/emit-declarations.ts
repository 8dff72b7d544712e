import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";

const PACKAGE = join(import.meta.dirname, "..", "..");

/**
 * Writes the package's declarations, as its users get them, into a new folder and returns it. It stands in the package, so
 * that what the declarations import is found; whoever asks for it removes it.
 */
export function emitDeclarations(): string {
  // Git ignores folders of this name.
  const place = join(PACKAGE, ".catenary");
  mkdirSync(place, { recursive: true });
  const folder = mkdtempSync(join(place, "declarations-"));
  const tsc = join(PACKAGE, "..", "..", "node_modules", "typescript", "bin", "tsc");
  const { stdout } = spawnSync(process.execPath, [tsc, "-p", "tsconfig.build.json", "--outDir", folder], {
    cwd: PACKAGE,
    encoding: "utf8",
  });
  if (!existsSync(join(folder, "index.d.ts"))) throw new Error(`expected declarations in ${folder}, got:\n${stdout}`);
  return folder;
}
