/** A program in a page: its blocks in order, and what it prints where the page says so. */
export interface PageProgram {
  /** The page and the line of the first block. */
  readonly name: string;
  readonly code: string;
  readonly expected: string | undefined;
  /** The name under which the reader is to save it. Other programs of the page import it by that. */
  readonly file?: string;
  /** What it ends with. Default 0. */
  readonly exitCode?: number;
}

/** A file that is no program, for the programs of its page. */
export interface PageFile {
  readonly page: string;
  readonly file: string;
  readonly text: string;
}

interface Block {
  readonly language: string;
  /** What stands behind the language: the name of a file, or behind `text` how the program ends. */
  readonly more: string | undefined;
  readonly line: number;
  readonly text: string;
}

/**
 * The TypeScript of a page. A block that begins with an import begins a program; blocks without one go on with the
 * program before. A block of `text` right behind it is what it prints; `…` stands for anything. The first line of a fence may
 * name a file behind the language; behind `text`, `exit-1` says that the program fails.
 */
export function readPrograms(page: string, markdown: string): readonly PageProgram[] {
  const programs: { -readonly [K in keyof PageProgram]: PageProgram[K] }[] = [];
  for (const block of blocksOf(markdown)) {
    const last = programs.at(-1);
    if (block.language === "ts") {
      if (last === undefined || block.text.startsWith("import ")) {
        const { more: file } = block;
        programs.push({
          name: `${page}:${block.line}`,
          code: block.text,
          expected: undefined,
          ...(file !== undefined && { file }),
        });
      } else {
        last.code += `\n${block.text}`;
      }
    } else if (block.language === "text" && last !== undefined) {
      last.expected = (last.expected ?? "") + block.text;
      const exitCode = /^exit-(\d+)$/.exec(block.more ?? "")?.[1];
      if (exitCode !== undefined) last.exitCode = Number(exitCode);
    }
  }
  return programs;
}

/** The other files of a page that have a name, such as a chain in JSON. */
export function readFiles(page: string, markdown: string): readonly PageFile[] {
  return blocksOf(markdown).flatMap(({ language, more, text }) =>
    more === undefined || language === "ts" || language === "text" ? [] : [{ page, file: more, text }],
  );
}

/** A line that the reader is to type. */
export interface PageCommand {
  /** The page and the line. */
  readonly name: string;
  readonly command: string;
}

/** Every line of the blocks of `sh`. */
export function readCommands(page: string, markdown: string): readonly PageCommand[] {
  return blocksOf(markdown)
    .filter(({ language }) => language === "sh")
    .flatMap(({ line, text }) =>
      text
        .trimEnd()
        .split("\n")
        .map((command, index) => ({ name: `${page}:${line + index + 1}`, command })),
    );
}

/** The comments of a source file as one page: what stands in them in fences are examples. Code between them is left out, line for line. */
export function docstringsOf(source: string): string {
  let isComment = false;
  return source
    .split("\n")
    .map((line) => {
      if (line.trimStart().startsWith("/**")) isComment = true;
      const text = isComment ? line.replace(/^\s*(?:\/\*\*|\*\/|\*) ?/, "") : "";
      if (line.includes("*/")) isComment = false;
      return text;
    })
    .join("\n");
}

function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^(`{3,})(\w*)(?: ([\w.-]+))?\n([\s\S]*?)^\1$/gm)].map((match) => ({
    language: match[2] ?? "",
    more: match[3],
    line: markdown.slice(0, match.index).split("\n").length,
    text: match[4] ?? "",
  }));
}
