import { type Program, parseSync } from "oxc-parser";
import type { SourceFile } from "./source-files.ts";

/** The syntax tree of a TypeScript file. Throws when it is no TypeScript. */
export function parseSource({ path, text }: SourceFile): Program {
  const { program, errors } = parseSync(path, text);
  const first = errors[0];
  if (first !== undefined) throw new Error(`${path} cannot be parsed: ${first.message}`);
  return program;
}

/** The line, counted from 1, of an offset in UTF-16 code units. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}
