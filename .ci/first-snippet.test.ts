import { expect, test } from "vitest";
import { firstSnippet } from "./first-snippet.ts";

test("finds the first TypeScript block, past others", () => {
  expect(firstSnippet("# A\n```bash\nnpm i\n```\n\n```ts\nlet a;\nlet b;\n```\n```ts\nlet c;\n```\n")).toBe(
    "let a;\nlet b;\n",
  );
});

test("takes a block with attributes, and keeps template strings whole", () => {
  expect(firstSnippet('```ts title="a.ts"\nconst a = `x`;\n```\n')).toBe("const a = `x`;\n");
});

test("does not take tsx or JSON for TypeScript, and says when there is none", () => {
  expect(() => firstSnippet("```tsx\n1\n```\n```json\n{}\n```\n")).toThrow("expected a block that begins with ```ts");
});
