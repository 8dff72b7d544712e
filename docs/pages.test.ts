import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { docstringsOf, readCommands, readFiles, readPrograms } from "./read-programs.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = fileURLToPath(new URL("programs", import.meta.url));
const pages = [
  "README.md",
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...readdirSync(`${root}packages`)
    .map((name) => `packages/${name}/README.md`)
    .filter((path) => existsSync(root + path)),
];
const sources = readdirSync(`${root}packages`, { recursive: true, encoding: "utf8" })
  .filter((path) => /^[\w-]+\/src\/.*(?<!\.test|\.test-d)\.ts$/.test(path))
  .map((path) => `packages/${path}`);
const read = (path: string) => readFileSync(root + path, "utf8");
const programs = [
  ...pages.flatMap((page) => readPrograms(page, read(page))),
  ...sources.flatMap((source) => readPrograms(source, docstringsOf(read(source)))),
].map((program) => ({ ...program, file: placeOf(program.name, program.file ?? `${slug(program.name)}.ts`) }));
const files = pages
  .flatMap((page) => readFiles(page, read(page)))
  .map(({ page, file, text }) => ({ file: placeOf(page, file), text }));

/** What the reader types in the root of a clone to run a file of a page, which lies in a folder of their own. */
const IN_CLONE = "npx -y pnpm@12 exec node ";
const YOURS = "examples/yours/";
const commands = pages
  .flatMap((page) => readCommands(page, read(page)))
  .filter(({ command }) => command.startsWith(IN_CLONE) && command.includes(YOURS));

/** Each page has a folder of its own, so that its programs can import each other by the names that it gives them. */
function placeOf(name: string, file: string): string {
  return `${folder}/${slug(name.replace(/:\d+$/, ""))}/${file}`;
}

function slug(name: string): string {
  return name.replaceAll(/\W+/g, "-");
}

/** A suite needs Vitest around it; everything else is a program. */
const isSuite = ({ code }: { readonly code: string }) => code.includes("@catenary/testing/conformance");

const run = promisify(execFile);
const environment = {
  PATH: process.env.PATH,
  OPENAI_API_KEY: "sk-of-a-page",
  GEMINI_API_KEY: "key-of-a-page",
  MISTRAL_API_KEY: "key-of-a-page",
  OPS_TOKEN: "token-of-a-page",
};

beforeAll(() => {
  rmSync(folder, { recursive: true, force: true });
  for (const { file } of [...programs, ...files]) mkdirSync(dirname(file), { recursive: true });
  for (const { file, code } of programs) writeFileSync(file, `${code}\nexport {};\n`);
  for (const { file, text } of files) writeFileSync(file, text);
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { noEmit: true, types: ["node"], noUnusedLocals: false },
    include: ["**/*.ts"],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
});

/** The compilers that projects have, by the folders of their packages. */
test.for(["typescript", "typescript5"])(
  "every program in the pages type-checks with %s",
  { timeout: 120_000 },
  async (compiler) => {
    const tsc = `${root}node_modules/${compiler}/bin/tsc`;
    const { stdout } = await run(process.execPath, [tsc, "-p", `${folder}/tsconfig.json`]).catch((error) => error);
    expect(stdout).toBe("");
  },
);

test.for(programs.filter((program) => !isSuite(program)))(
  "the program at $name runs and prints what the page says",
  { timeout: 60_000 },
  async ({ file, expected, exitCode = 0 }) => {
    const preload = fileURLToPath(new URL("servers.ts", import.meta.url));
    const args = ["--conditions=@catenary/source", "--import", preload, file];
    const options = { env: environment, cwd: dirname(file) };
    const { stdout, stderr, code } = await run(process.execPath, args, options).then(
      (ended) => ({ ...ended, code: 0 }),
      (failure) => failure,
    );
    expect({ code, stderr: code === exitCode ? "" : stderr }).toEqual({ code: exitCode, stderr: "" });
    if (expected !== undefined) expect(stdout).toMatch(asPattern(expected));
  },
);

test.for(commands)("the command at $name does in a clone what the page says", { timeout: 60_000 }, async (typed) => {
  const file = placeOf(typed.name, typed.command.slice(typed.command.indexOf(YOURS) + YOURS.length));
  const { exitCode = 0 } = programs.find((program) => program.file === file) ?? {};
  const args = typed.command.slice(IN_CLONE.length).replace(/examples\/yours\/\S+/, file);
  // `pnpm exec` takes the Node that the clone has among its dependencies.
  const ended = await run(`${root}node_modules/.bin/node`, args.split(" "), { env: environment, cwd: root }).then(
    (ended) => ({ ...ended, code: 0 }),
    (failure) => failure,
  );
  expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: exitCode, stderr: "" });
  if (args.startsWith("--conditions=@catenary/source --test")) expect(ended.stdout).toMatch(/^# pass [1-9]/m);
});

test("a page tells how to run and to test its files in a clone", () => {
  expect(commands.map(({ command }) => command)).toContain(
    "npx -y pnpm@12 exec node --conditions=@catenary/source --test examples/yours/moderate.test.ts",
  );
});

test.for(programs.filter(isSuite))("the suite at $name passes", { timeout: 60_000 }, async ({ file }) => {
  const config = `${file}.config.mjs`;
  const conditions = ["@catenary/source", "module", "node", "development|production"];
  writeFileSync(
    config,
    `export default ${JSON.stringify({ ssr: { resolve: { conditions } }, test: { include: [basename(file)] } })};`,
  );
  const { stdout } = await run(
    `${root}node_modules/.bin/vitest`,
    ["run", "--config", config, "--root", dirname(file)],
    {
      env: environment,
    },
  );
  expect(stdout).toMatch(/Tests .*passed/);
});

test("every package's page, and every other that shows TypeScript, has a program that runs", () => {
  const without = pages.filter((page) => !programs.some(({ name }) => name.startsWith(`${page}:`)));
  expect(without.filter((page) => page.endsWith("README.md") || read(page).includes("```ts"))).toEqual([]);
  const packages = readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`);
  expect(packages.filter((page) => !pages.includes(page))).toEqual([]);
});

/** What a page says that a program prints; `…` stands for anything. */
function asPattern(text: string): RegExp {
  const literal = text.trim().replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replaceAll("…", "[\\s\\S]*?")}$`.replace("^", "^\\s*").replace(/\$$/, "\\s*$"));
}
