import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "tsup";

const core = join(import.meta.dirname, "../../packages/core");
/** Inside the package, so that what it imports is found from there. */
const cache = join(core, "node_modules/.cache/benchmarks");

type Kind = "published" | "minified" | "with-dependencies";

/** Core's one file as it is published, or minified, or minified together with what it imports. */
export function builtFile(kind: Kind): string {
  return join(cache, kind, "index.js");
}

function dependencies(): string[] {
  // Safe: it is our own package.json.
  const { dependencies } = JSON.parse(readFileSync(join(core, "package.json"), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return Object.keys(dependencies);
}

/** Builds all of them. The package's own `dist` stays as it is. */
export async function buildCore(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  for (const kind of ["published", "minified", "with-dependencies"] as const) {
    const external = kind === "with-dependencies" ? [] : dependencies();
    await build({
      external,
      entry: [join(core, "src/index.ts")],
      outDir: join(cache, kind),
      format: "esm",
      target: "es2023",
      config: false,
      silent: true,
      dts: false,
      minify: kind !== "published",
      ...(kind === "with-dependencies" && { noExternal: [/./] }),
    });
  }
}

/** Kilobytes of a built file, and of the same packed with gzip. */
export function sizeOf(kind: Kind): { readonly kb: number; readonly gzipKb: number } {
  const code = readFileSync(builtFile(kind));
  return { kb: code.length / 1024, gzipKb: gzipSync(code, { level: 9 }).length / 1024 };
}
