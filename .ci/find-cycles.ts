import { posix } from "node:path";
import type { Import } from "./read-imports.ts";

/**
 * Circles of files that import each other at run time, each as its files in order. Type imports are left out: they are
 * erased. One circle is reported for every import that closes one.
 */
export function findCycles(imports: ReadonlyMap<string, readonly Import[]>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      cycles.push(trail.slice(start));
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const { specifier, typeOnly } of imports.get(path) ?? []) {
      if (specifier.startsWith(".") && !typeOnly) visit(posix.join(posix.dirname(path), specifier));
    }
    trail.pop();
    done.add(path);
  };

  for (const path of imports.keys()) visit(path);
  return cycles;
}
