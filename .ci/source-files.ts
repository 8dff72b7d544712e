import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** The root of the repository. */
export const ROOT = join(import.meta.dirname, "..");

const SKIPPED = new Set(["node_modules", "dist", "coverage", "peers"]);

/** Every TypeScript file below those of the given folders that `root` has, tests left out, in the order of their paths. */
export function readSources(root: string, folders: readonly string[]): SourceFile[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => listFiles(join(root, folder)))
    .filter((path) => path.endsWith(".ts") && !isTest(path))
    .sort()
    .map((path) => ({ path: relative(root, path).replaceAll("\\", "/"), text: readFileSync(path, "utf8") }));
}

/** The names of the packages' folders. */
export function listPackages(root: string): string[] {
  return readdirSync(join(root, "packages"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Tests (`x.test.ts`), type tests (`x.test-d.ts`) and what only they use (`x.fixture.ts`, `fixtures/`). */
export function isTest(path: string): boolean {
  return /\.(?:test|test-d|fixture)\.ts$/.test(path) || /[\\/](?:fixtures|tests)[\\/]/.test(path);
}

/** All files below a folder that are not installed, built or generated. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(path) : [path];
  });
}
