import { Visitor } from "oxc-parser";
import { lineAt, parseSource } from "./parse-source.ts";
import type { SourceFile } from "./source-files.ts";

export interface Import {
  /** What is written between the quotes. */
  readonly specifier: string;
  /** Erased at run time. `import { type A }` is not: the import of the file stays. */
  readonly typeOnly: boolean;
  /** Counted from 1. */
  readonly line: number;
}

/** Everything that a file imports or re-exports, also dynamically and in types. */
export function readImports(file: SourceFile): Import[] {
  const imports: Import[] = [];
  const add = (specifier: string, typeOnly: boolean, start: number) =>
    imports.push({ specifier, typeOnly, line: lineAt(file.text, start) });

  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.importKind === "type", node.start),
    ExportAllDeclaration: (node) => add(node.source.value, node.exportKind === "type", node.start),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.source.value, node.exportKind === "type", node.start);
    },
    ImportExpression: (node) => {
      if (node.source.type === "Literal" && typeof node.source.value === "string") {
        add(node.source.value, false, node.start);
      }
    },
    TSImportType: (node) => add(node.source.value, true, node.start),
  }).visit(parseSource(file));
  return imports;
}
