import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ALL_SOUND } from "../corpus/all-chains.ts";
import { COMPILERS, type Compiler, compileFixtures, type Diagnostic } from "./compile-fixtures.ts";
import { emitDeclarations } from "./emit-declarations.ts";
import { printPrograms } from "./print-programs.ts";
import { readExpectations } from "./read-expectations.ts";

const refused = join(import.meta.dirname, "refused");
const accepted = join(import.meta.dirname, "accepted");
const example = join(import.meta.dirname, "../../../../examples/triage/chain.ts");

const expectations = readdirSync(refused)
  .filter((name) => name.endsWith(".ts"))
  .flatMap((name) => readExpectations(`refused/${name}`, readFileSync(join(refused, name), "utf8")));

/** Sound chains of the corpus. The types may say nothing about them. */
const sound = printPrograms(ALL_SOUND.map(({ chain }) => chain));

test("there are faults to find, and sound chains without any", () => {
  expect(expectations.length).toBeGreaterThan(50);
  expect(sound.length).toBeGreaterThan(20);
});

let declarations = "";
const reports = new Map<Compiler, readonly Diagnostic[]>();

beforeAll(async () => {
  declarations = emitDeclarations();
  const corpus = join(declarations, "corpus.ts");
  writeFileSync(corpus, `import { defineChain } from "@catenary/core";\n${sound.join("\n")}\n`);
  const programs = [refused, accepted, example, corpus];
  const compile = async (compiler: Compiler) =>
    reports.set(compiler, await compileFixtures(compiler, declarations, programs));
  await Promise.all(COMPILERS.map(compile));
}, 120_000);

afterAll(() => rmSync(declarations, { recursive: true, force: true }));

describe.each(COMPILERS)("with %s", (compiler) => {
  const found = () => reports.get(compiler) ?? [];

  test.each(expectations)("$file:$line does not compile and says $words", ({ file, line, codes, words }) => {
    const here = found().filter((diagnostic) => diagnostic.file === file && diagnostic.line === line);
    expect(here).toHaveLength(1);
    for (const word of words) expect(here[0]?.message).toContain(word);
    expect(codes).toContain(here[0]?.code);
  });

  test("nothing else is refused, and chains that are right know what goes in and what comes out", () => {
    const isExpected = ({ file, line }: Diagnostic) =>
      expectations.some((expectation) => expectation.file === file && expectation.line === line);
    expect(reports.has(compiler)).toBe(true);
    expect(found().filter((diagnostic) => !isExpected(diagnostic))).toEqual([]);
  });

  test("no message offers an empty text, which nobody means", () => {
    expect(found().filter(({ message }) => message.includes('""'))).toEqual([]);
  });

  test("the declarations of exported chains say nothing but that", () => {
    const declared = (path: string) => readTypes(readFileSync(join(declarations, compiler, path), "utf8"));
    expect(declared("packages/core/tests/types/accepted/exported.d.ts")).toEqual([
      'rating: Chain<string, boolean | number | string, ChainNeeds<"ask_somebody">>',
      "vectors: Chain<string, readonly number[], ChainNeeds<never>>",
    ]);
    expect(declared("examples/triage/chain.d.ts")).toEqual([
      'triage: Chain<string, string, ChainNeeds<"file_ticket" | "page_on_call">>',
    ]);
  });
});

/** The declared constants and their types, without where they come from; the members of unions in the order of the alphabet. */
function readTypes(declarations: string): readonly string[] {
  return [...declarations.matchAll(/export declare const ([\s\S]*?);\n/g)].map(([, text = ""]) =>
    text
      .replaceAll(/import\("[^"]*"\)\./g, "")
      .replaceAll(/[\w"]+(?: \| [\w"]+)+/g, (union) => union.split(" | ").sort().join(" | ")),
  );
}
