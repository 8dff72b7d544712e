/** An error that a fixture says it has. */
export interface Expectation {
  readonly file: string;
  readonly line: number;
  readonly codes: readonly string[];
  /** What the message has to say. */
  readonly words: readonly string[];
}

/** Reads lines such as `// expect: TS2322|TS2820 words | other words`. They speak of the line after them. */
export function readExpectations(file: string, text: string): readonly Expectation[] {
  return text.split("\n").flatMap((line, index) => {
    const [, codes, words] = /^\s*\/\/ expect: (\S+) (.+)$/.exec(line) ?? [];
    if (codes === undefined || words === undefined) return [];
    return [{ file, line: index + 2, codes: codes.split("|"), words: words.split(" | ") }];
  });
}
