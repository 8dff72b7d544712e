import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { docstringsOf, readPrograms } from "./read-programs.ts";

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
].map((program) => ({ ...program, file: `${folder}/${program.name.replaceAll(/\W+/g, "-")}.ts` }));

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
  mkdirSync(folder);
  for (const { file, code } of programs) writeFileSync(file, `${code}\nexport {};\n`);
  const config = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { noEmit: true, types: ["node"], noUnusedLocals: false },
    include: ["*.ts"],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
});

test("every program in the pages type-checks", async () => {
  const { stdout } = await run(`${root}node_modules/.bin/tsc`, ["-p", `${folder}/tsconfig.json`]).catch(
    (error) => error,
  );
  expect(stdout).toBe("");
}, 60_000);

test.for(programs.filter((program) => !isSuite(program)))(
  "the program at $name runs and prints what the page says",
  { timeout: 60_000 },
  async ({ file, expected }) => {
    const preload = fileURLToPath(new URL("servers.ts", import.meta.url));
    const { stdout } = await run(process.execPath, ["--conditions=@catenary/source", "--import", preload, file], {
      env: environment,
    });
    if (expected !== undefined) expect(stdout).toMatch(asPattern(expected));
  },
);

test.for(programs.filter(isSuite))("the suite at $name passes", { timeout: 60_000 }, async ({ file }) => {
  const config = `${folder}/vitest.config.mjs`;
  const conditions = ["@catenary/source", "module", "node", "development|production"];
  writeFileSync(
    config,
    `export default ${JSON.stringify({ ssr: { resolve: { conditions } }, test: { include: [basename(file)] } })};`,
  );
  const { stdout } = await run(`${root}node_modules/.bin/vitest`, ["run", "--config", config, "--root", folder], {
    env: environment,
  });
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
