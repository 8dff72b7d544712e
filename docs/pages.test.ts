import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { listPackages, readSources } from "../.ci/source-files.ts";
import { docstringsOf, readCommands, readFiles, readPrograms } from "./read-programs.ts";
import type { Ended } from "./run-programs.ts";
import { typeErrors } from "./type-errors.ts";

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
const sources = readSources(
  root,
  listPackages(root).map((name) => `packages/${name}/src`),
);
const read = (path: string) => readFileSync(root + path, "utf8");
const programs = [
  ...pages.flatMap((page) => readPrograms(page, read(page))),
  ...sources.flatMap(({ path, text }) => readPrograms(path, docstringsOf(text))),
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

test("every program in the pages type-checks with TypeScript", { timeout: 120_000 }, async () => {
  const tsc = `${root}node_modules/typescript/bin/tsc`;
  const { stdout } = await run(process.execPath, [tsc, "-p", `${folder}/tsconfig.json`]).catch((error) => error);
  expect(stdout).toBe("");
});

test("every program in the pages type-checks with TypeScript 5", { timeout: 120_000 }, () => {
  expect(typeErrors(`${folder}/tsconfig.json`)).toBe("");
});

const runnable = programs.filter((program) => !isSuite(program));
/** Fails, asks what process it is in, runs a file that runs only once in one, changes what others see, or is native in part. */
const needsProcess = ({ code, exitCode = 0 }: (typeof programs)[number]) =>
  exitCode !== 0 ||
  /process\.(?!env\.|stdout\.)|from "\.|"node:test"|"@hono\/node-server"|"@catenary\/llama-cpp/.test(code);

/** What came of the programs that share a process, and of that. */
const ended = new Map<string, Ended>();
let processEnded = "it ended";

beforeAll(async () => {
  const results = `${folder}/results.jsonl`;
  const together = runnable.filter((program) => !needsProcess(program)).map(({ file }) => file);
  const runner = fileURLToPath(new URL("run-programs.ts", import.meta.url));
  const args = ["--conditions=@catenary/source", runner, results, ...together];
  writeFileSync(results, "");
  await run(process.execPath, args, { env: environment, timeout: 100_000 }).catch((failure) => {
    processEnded = String(failure);
  });
  for (const line of readFileSync(results, "utf8").split("\n").filter(Boolean)) {
    const one: Ended = JSON.parse(line);
    ended.set(one.file, one);
  }
}, 120_000);

const neverEnded = () => ({
  code: undefined,
  stdout: "",
  stderr: `it, or one before it in the same process, never came to its end; of the process: ${processEnded}`,
});

async function runAlone(file: string): Promise<Ended> {
  const preload = fileURLToPath(new URL("servers.ts", import.meta.url));
  const args = ["--conditions=@catenary/source", "--import", preload, file];
  const result = await run(process.execPath, args, { env: environment, cwd: dirname(file) }).then(
    (done) => ({ ...done, code: 0 }),
    (failure) => failure,
  );
  return { file, ...result };
}

test.for(runnable)("the program at $name runs and prints what the page says", { timeout: 60_000 }, async (program) => {
  const { file, expected, exitCode = 0 } = program;
  const { stdout, stderr, code } = needsProcess(program) ? await runAlone(file) : (ended.get(file) ?? neverEnded());
  expect({ code, stderr: code === exitCode ? "" : stderr }).toEqual({ code: exitCode, stderr: "" });
  if (expected !== undefined) expect(stdout).toMatch(asPattern(expected));
});

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

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
  }[];
}

describe("the suites in the pages", () => {
  const suites = programs.filter(isSuite);
  const results = new Map<
    string,
    { readonly status: string; readonly failures: readonly string[]; readonly tests: number }
  >();

  beforeAll(async () => {
    const config = `${folder}/suites.config.mjs`;
    const conditions = ["@catenary/source", "module", "node", "development|production"];
    const test = { include: suites.map(({ file }) => relative(folder, file)), isolate: false };
    writeFileSync(config, `export default ${JSON.stringify({ ssr: { resolve: { conditions } }, test })};`);
    const args = ["run", "--config", config, "--root", folder, "--reporter=json", `--outputFile=${folder}/suites.json`];
    // What fails is told by the report.
    await run(`${root}node_modules/.bin/vitest`, args, { env: environment }).catch(() => {});
    const report: Report = JSON.parse(readFileSync(`${folder}/suites.json`, "utf8"));
    for (const { name, status, assertionResults } of report.testResults) {
      const failures = assertionResults.flatMap(({ failureMessages }) => failureMessages);
      const tests = assertionResults.filter((result) => result.status === "passed").length;
      results.set(name, { status, failures, tests });
    }
  }, 60_000);

  test.for(suites)("the suite at $name passes", ({ file }) => {
    expect(results.get(file)).toMatchObject({ status: "passed", failures: [] });
    expect(results.get(file)?.tests).toBeGreaterThan(0);
  });
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
