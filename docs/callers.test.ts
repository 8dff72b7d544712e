import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync, Visitor } from "oxc-parser";
import { expect, test } from "vitest";
import { listFiles } from "../.ci/source-files.ts";
import { readPrograms } from "./read-programs.ts";

// What callers write needs no help with types: the library infers them. So nothing that is shown may cast or annotate what it gives
// to the library, or gets from it.

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (path: string) => readFileSync(root + path, "utf8");

/** The pages that a reader begins with. */
const PAGES = ["README.md", "docs/first-program.md", "docs/write-a-chain.md", "packages/testing/README.md"];

const examples = listFiles(`${root}examples`)
  .filter((path) => path.endsWith(".ts"))
  .map((path) => relative(root, path).replaceAll("\\", "/"))
  .map((name) => ({ name, code: read(name) }));
const programs = [...PAGES.flatMap((page) => readPrograms(page, read(page))), ...examples];

/** Where a program casts, asserts, or annotates what it has an initial value for. */
function helpsIn(code: string): readonly string[] {
  const { program, errors } = parseSync("program.ts", code);
  expect(errors).toEqual([]);
  const found: string[] = [];
  // Lists of a program's own words, exported `as const`: no library could know them.
  const ownWords = new Set<number>();
  const note = ({ start, end }: { readonly start: number; readonly end: number }) => {
    found.push(code.slice(start, end).split("\n")[0] ?? "");
  };
  new Visitor({
    ExportNamedDeclaration({ declaration }) {
      if (declaration?.type !== "VariableDeclaration") return;
      for (const { init } of declaration.declarations) if (init !== null) ownWords.add(init.start);
    },
    TSAsExpression(cast) {
      const isConst = code.slice(cast.expression.end, cast.end).trim() === "as const";
      if (!(isConst && ownWords.has(cast.start))) note(cast);
    },
    TSTypeAssertion: note,
    TSNonNullExpression: note,
    TSSatisfiesExpression: note,
    VariableDeclarator(declared) {
      const isAnnotated = "typeAnnotation" in declared.id && declared.id.typeAnnotation !== null;
      if (isAnnotated && declared.init !== null && !isEmpty(declared.init) && !isRead(declared.init)) note(declared);
    },
  }).visit(program);
  return found;
}

/** A list that is filled later has no type of its own. */
function isEmpty(init: { readonly type: string }): boolean {
  return (
    init.type === "ArrayExpression" && "elements" in init && Array.isArray(init.elements) && init.elements.length === 0
  );
}

/** What JSON.parse gives has no type, and `unknown` is the honest one. */
function isRead(init: object): boolean {
  return JSON.stringify(init).includes('"name":"parse"');
}

test.for(programs)("$name needs no cast and no annotation", ({ code }) => {
  expect(helpsIn(code)).toEqual([]);
});

test("a cast and an annotation would be found", () => {
  const code = "const a: Chain = b();\nconst c = d as E;\nf(g!);\nconst h = { i: 1 } as const;\nconst j: K[] = [];";
  expect(helpsIn(code)).toEqual(["a: Chain = b()", "d as E", "g!", "{ i: 1 } as const"]);
});
