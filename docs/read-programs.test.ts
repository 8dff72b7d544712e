import { expect, test } from "vitest";
import { docstringsOf, readCommands, readFiles, readPrograms } from "./read-programs.ts";

const fence = "```";

test("blocks without an import go on with the program before, and text is what it prints", () => {
  const page = `# P\n${fence}ts\nimport "a";\n${fence}\n\n${fence}ts\nb();\n${fence}\n${fence}text\nB\n${fence}\n${fence}sh\nls\n${fence}\n`;
  expect(readPrograms("p.md", page)).toEqual([{ name: "p.md:2", code: 'import "a";\n\nb();\n', expected: "B\n" }]);
});

test("examples in docstrings are found at their lines, and code between them is not", () => {
  const source = `const x = 1;\n/**\n * Does it.\n *\n * ${fence}ts\n * import "a";\n * a();\n * ${fence}\n */\nexport const y = x;\n`;
  expect(readPrograms("s.ts", docstringsOf(source))).toEqual([
    { name: "s.ts:5", code: 'import "a";\na();\n', expected: undefined },
  ]);
});

test("a block may name the file that it is to be saved as", () => {
  const page = `${fence}ts a.test.ts\nimport "b";\n${fence}\n\n${fence}json c.json\n{}\n${fence}\n${fence}json\n[]\n${fence}\n`;
  expect(readPrograms("p.md", page)).toEqual([
    { name: "p.md:1", code: 'import "b";\n', expected: undefined, file: "a.test.ts" },
  ]);
  expect(readFiles("p.md", page)).toEqual([{ page: "p.md", file: "c.json", text: "{}\n" }]);
});

test("what a program prints may say that it fails", () => {
  const page = `${fence}ts\nimport "b";\n${fence}\n\n${fence}text exit-1\nno\n${fence}\n`;
  expect(readPrograms("p.md", page)).toEqual([
    { name: "p.md:1", code: 'import "b";\n', expected: "no\n", exitCode: 1 },
  ]);
  expect(readFiles("p.md", page)).toEqual([]);
});

test("a longer fence may have shorter ones inside", () => {
  const page = `${fence}\`ts\nimport "b";\n${fence}\n${fence}\`\n`;
  expect(readPrograms("p.md", page)).toEqual([
    { name: "p.md:1", code: `import "b";\n${fence}\n`, expected: undefined },
  ]);
});

test("every line of a shell block is a command, at its line", () => {
  const page = `# P\n${fence}sh\nnode a.ts\nnode b.ts\n${fence}\n${fence}text\nnode c.ts\n${fence}\n`;
  expect(readCommands("p.md", page)).toEqual([
    { name: "p.md:3", command: "node a.ts" },
    { name: "p.md:4", command: "node b.ts" },
  ]);
});
