import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCommands, readPrograms } from "../docs/read-programs.ts";
import { firstSnippet } from "./first-snippet.ts";
import { installPlatform, PLATFORMS } from "./platforms.ts";
import { listPackages, ROOT } from "./source-files.ts";
import { startSteps } from "./steps.ts";

// What users will get: the packages are built, packed, judged, installed with npm into an empty folder, and used there
// on every platform that we promise. The programs that are run are the first ones in their pages.

const STRICT = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023"];

/** The platforms share one folder, so that each also reads the records that those before it have written. */
const PROGRAMS: Readonly<Record<string, string>> = {
  "readme.ts": "README.md",
  "records.ts": "packages/sqlite/README.md",
};

/** node-llama-cpp is an optional peer, which npm does not install: what the project sees then. */
const WITHOUT_LLAMA = `import { llamaCpp } from "@catenary/llama-cpp";

const asked = llamaCpp({ models: { some: "some.gguf" } }).listModels();
const error = await asked.then(() => undefined, (reason) => reason);
const isTold = /npm install --omit=optional node-llama-cpp @node-llama-cpp\\//.test(String(error));
if (error?.code !== "runtime_missing" || !isTold) throw error ?? new Error("node-llama-cpp was found where nobody installed it");
`;

/** Its programs are saved under the names that it gives them, and its commands for projects with the packages installed are typed. */
const GUIDE = "docs/write-a-chain.md";

const steps = startSteps("packages");
const scratch = mkdtempSync(join(tmpdir(), "catenary-packages-"));
try {
  if (build()) {
    const tarballs = pack();
    judge(tarballs);
    const consumer = install(tarballs);
    if (consumer !== undefined) use(consumer);
  } else {
    steps.skip("everything else", "the build failed");
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
steps.end();

function build(): boolean {
  const args = ["-y", "pnpm@12", "-r", "--filter", "./packages/*", "run", "build"];
  return steps.run("build", { file: "npx", args, cwd: ROOT });
}

function pack(): string[] {
  const folder = join(scratch, "tarballs");
  mkdirSync(folder);
  for (const name of listPackages(ROOT)) {
    const args = ["-y", "pnpm@12", "pack", "--pack-destination", folder];
    steps.run(`pack ${name}`, { file: "npx", args, cwd: join(ROOT, "packages", name) });
  }
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

function judge(tarballs: readonly string[]): void {
  const binary = (name: string) => join(ROOT, "node_modules", ".bin", name);
  for (const path of tarballs) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    steps.run(`publint ${name}`, { file: binary("publint"), args: [path, "--strict"], cwd: ROOT });
    steps.run(`attw ${name}`, { file: binary("attw"), args: [path, "--profile", "esm-only"], cwd: ROOT });
  }
}

/** The folder of a project that has the packages, or undefined when npm cannot install them. */
function install(tarballs: readonly string[]): string | undefined {
  const consumer = join(scratch, "consumer");
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  for (const [program, page] of Object.entries(PROGRAMS)) {
    writeFileSync(join(consumer, program), firstSnippet(readFileSync(join(ROOT, page), "utf8")));
  }
  for (const { file, code } of readPrograms(GUIDE, readFileSync(join(ROOT, GUIDE), "utf8"))) {
    if (file !== undefined) writeFileSync(join(consumer, file), code);
  }
  const imports = listPackages(ROOT).map((folder) => {
    const { name } = JSON.parse(readFileSync(join(ROOT, "packages", folder, "package.json"), "utf8"));
    return `import ${JSON.stringify(name)};\n`;
  });
  writeFileSync(join(consumer, "imports.ts"), imports.join(""));
  // node-llama-cpp is missing here: no public types may name what only some of a package's users have.
  writeFileSync(join(consumer, "libraries.ts"), [...imports, 'import "@catenary/llama-cpp/weights";\n'].join(""));
  writeFileSync(join(consumer, "without-llama.ts"), WITHOUT_LLAMA);
  const args = ["install", "--no-audit", "--no-fund", ...tarballs];
  return steps.run("npm install", { file: "npm", args, cwd: consumer }) ? consumer : undefined;
}

function use(consumer: string): void {
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const flags = [...STRICT, "--skipLibCheck", "--types", ""];
  steps.run("types of the pages' programs", {
    file: process.execPath,
    args: [tsc, ...flags, ...Object.keys(PROGRAMS)],
    cwd: consumer,
  });
  for (const compiler of ["typescript", "typescript5"]) {
    const checker = join(ROOT, "node_modules", compiler, "bin", "tsc");
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules", "@types")];
    steps.run(`types of the packages with ${compiler}, libraries checked too`, {
      file: process.execPath,
      args: [checker, ...STRICT, ...types, "libraries.ts"],
      cwd: consumer,
    });
  }
  for (const { name, command } of readCommands(GUIDE, readFileSync(join(ROOT, GUIDE), "utf8"))) {
    if (!command.startsWith("node ")) continue;
    steps.run(`${name}: ${command}`, { file: process.execPath, args: command.split(" ").slice(1), cwd: consumer });
  }
  for (const platform of PLATFORMS) {
    const file = installPlatform(platform, steps);
    if (file === undefined) continue;
    for (const program of ["imports.ts", "without-llama.ts", ...Object.keys(PROGRAMS)]) {
      steps.run(`${program} on ${platform.name}`, { file, args: [...platform.args, program], cwd: consumer });
    }
  }
}
