import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

const core = join(import.meta.dirname, "../../packages/core");

/** How many packages an installation of core brings, itself included, and their megabytes. Core counts without its declarations. */
export function installedWith(builtBytes: number): { readonly packages: number; readonly mb: number } {
  const found = new Set<string>();
  collect(core, found);
  const bytes = [...found].reduce((sum, folder) => sum + folderBytes(folder), builtBytes);
  return { packages: found.size + 1, mb: bytes / 1e6 };
}

function collect(folder: string, found: Set<string>): void {
  // Safe: it is a package.json that the package manager has read.
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly dependencies?: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies)) {
    const place = locate(name, folder);
    if (found.has(place)) continue;
    found.add(place);
    collect(place, found);
  }
}

/** Where a package that is needed in a folder is: beside it or above. */
function locate(name: string, from: string): string {
  for (let folder = from; folder !== dirname(folder); folder = dirname(folder)) {
    try {
      return realpathSync(join(folder, "node_modules", name));
    } catch {
      // It is further up.
    }
  }
  throw new Error(`expected ${name} to be installed for ${from}: run pnpm install`);
}

function folderBytes(folder: string): number {
  let bytes = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "node_modules") bytes += folderBytes(path);
    else if (entry.isFile()) bytes += statSync(path).size;
  }
  return bytes;
}
