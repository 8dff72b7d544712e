import { rename } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "tsup";

const NATIVE = "node-llama-cpp";

const bundles = new Map<string, Promise<string>>();

/**
 * One file of JavaScript with a program and all that it imports, for tests that start it often: Node takes most of a second to
 * read the sources of all packages, and a tenth of it to read this. It lies in a folder of the package that Git ignores, beside
 * `src`. What starts with it has a copy of the packages; what loads other sources itself must start from sources too.
 *
 * @param folder of the package
 * @param program the path of the program
 */
export function bundleProgram(folder: string, program: string): Promise<string> {
  const known = bundles.get(program) ?? bundle(folder, program);
  bundles.set(program, known);
  return known;
}

async function bundle(folder: string, program: string): Promise<string> {
  const name = basename(program, ".ts");
  const outDir = join(folder, ".catenary");
  const own = `${name}-${process.pid}`;
  await build({
    config: false,
    silent: true,
    entry: { [own]: program },
    outDir,
    format: "esm",
    target: "node22",
    splitting: false,
    // Native, and looked up from where it is installed.
    external: [NATIVE],
    noExternal: [new RegExp(`^(?!${NATIVE})`)],
    esbuildOptions: (options) => {
      options.conditions = ["@catenary/source", "module"];
    },
    // What is still in CommonJS asks for Node's own modules by it.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
  });
  // At once, because others may start the one that is there.
  await rename(join(outDir, `${own}.js`), join(outDir, `${name}.js`));
  return join(outDir, `${name}.js`);
}
