/** A program in a page: its blocks in order, and what it prints where the page says so. */
export interface PageProgram {
  /** The page and the line of the first block. */
  readonly name: string;
  readonly code: string;
  readonly expected: string | undefined;
}

interface Block {
  readonly language: string;
  readonly line: number;
  readonly text: string;
}

/**
 * The TypeScript of a page. A block that begins with an import begins a program; blocks without one go on with the
 * program before. A block of `text` right behind it is what it prints; `…` stands for anything.
 */
export function readPrograms(page: string, markdown: string): readonly PageProgram[] {
  const programs: { name: string; code: string; expected: string | undefined }[] = [];
  for (const block of blocksOf(markdown)) {
    const last = programs.at(-1);
    if (block.language === "ts") {
      if (last === undefined || block.text.startsWith("import ")) {
        programs.push({ name: `${page}:${block.line}`, code: block.text, expected: undefined });
      } else {
        last.code += `\n${block.text}`;
      }
    } else if (block.language === "text" && last !== undefined) {
      last.expected = (last.expected ?? "") + block.text;
    }
  }
  return programs;
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
  return [...markdown.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? "",
    line: markdown.slice(0, match.index).split("\n").length,
    text: match[2] ?? "",
  }));
}
