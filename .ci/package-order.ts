import { posix } from "node:path";
import type { Problem } from "./problem.ts";
import type { Import } from "./read-imports.ts";

/** Which of our packages each one may import. Nothing but tests, examples and benchmarks imports `testing`. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  node: ["core"],
  openai: ["core", "node"],
  ollama: ["core", "node"],
  gemini: ["core", "node"],
  "ai-sdk": ["core", "node"],
  "llama-cpp": ["core", "node"],
  sqlite: ["core", "node"],
  dbos: ["core", "node"],
  otel: ["core"],
  testing: ["core"],
  http: ["core", "node"],
  cli: ["core", "node", "http", "openai", "ollama", "gemini", "ai-sdk", "llama-cpp", "sqlite", "dbos", "otel"],
};

export interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  /** Names that begin with `#`, which lead to one file or another of the package itself. */
  readonly imports?: Readonly<Record<string, unknown>>;
}

/** Imports between packages that point the wrong way, reach into another package's files, or are not declared. */
export function checkPackageOrder(
  imports: ReadonlyMap<string, readonly Import[]>,
  manifests: ReadonlyMap<string, Manifest>,
): Problem[] {
  return [...imports].flatMap(([path, found]) => {
    const folder = /^packages\/([^/]+)\/src\//.exec(path)?.[1];
    if (folder === undefined) return [];
    return found.flatMap(({ specifier, line }): Problem[] => {
      const message = refuse(folder, path, specifier, manifests);
      return message === undefined ? [] : [{ path, line, message }];
    });
  });
}

function refuse(
  folder: string,
  path: string,
  specifier: string,
  manifests: ReadonlyMap<string, Manifest>,
): string | undefined {
  if (specifier.startsWith("node:")) return undefined;
  if (specifier.startsWith(".")) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith(`packages/${folder}/src/`) ? undefined : `reaches out of its package: ${specifier}`;
  }
  const manifest = manifests.get(folder);
  if (specifier.startsWith("#")) {
    return specifier in (manifest?.imports ?? {})
      ? undefined
      : `imports ${specifier}, which is not among the imports of packages/${folder}/package.json`;
  }
  const name = packageName(specifier);
  if (name === manifest?.name) return `imports its own package by name: ${specifier}`;
  const other = [...manifests].find(([, { name: known }]) => known === name)?.[0];
  const allowed = MAY_IMPORT[folder];
  if (other !== undefined && allowed === undefined)
    return `is in a package that the table in .ci/package-order.ts lacks`;
  if (other !== undefined && !allowed?.includes(other)) {
    return `imports ${specifier}: ${folder} may import ${allowed?.join(", ") || "none of our packages"}`;
  }
  const declared = { ...manifest?.dependencies, ...manifest?.peerDependencies, ...manifest?.optionalDependencies };
  return name in declared ? undefined : `imports ${name}, which packages/${folder}/package.json does not depend on`;
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
