import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { testsIn } from "./fixtures/tests-in.ts";

test("tests are found by their titles, and those that are not always run are told apart", () => {
  const folder = mkdtempSync(join(tmpdir(), "catenary-tests-in-"));
  const path = join(folder, "some.test.ts");
  writeFileSync(
    path,
    `
describe("a group", () => {
  test("plain", () => expect(1).toBe(1));
  test.each([[1], [2]])("each %s", () => {});
  it(\`with \${a} template\`, () => {});
  test.skip("skipped", () => {});
  test.todo("planned");
  test.runIf(process.env.LONG)("now and then", () => {});
});
describe.skip("another", () => {
  test("in what is skipped", () => {});
});
describe.each(["x"])("%s", () => void test("in each", () => {}));
// test("a comment", () => {});
`,
  );
  const found = testsIn(path);
  rmSync(folder, { recursive: true });
  expect(found.map(({ title, isRun }) => [title, isRun])).toEqual([
    ["plain", true],
    ["each %s", true],
    ["with … template", true],
    ["skipped", false],
    ["planned", false],
    ["now and then", false],
    ["in what is skipped", false],
    ["in each", true],
  ]);
  expect(found[0]?.text).toContain("expect(1)");
});
