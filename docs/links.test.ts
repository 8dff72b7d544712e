import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const foldersOf = (folder: string) => readdirSync(join(root, folder)).map((name) => join(folder, name));
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...[...foldersOf("docs"), ...foldersOf("docs/decisions")].filter((path) => path.endsWith(".md")),
  ...[...foldersOf("packages"), ...foldersOf("examples")].map((folder) => join(folder, "README.md")),
].filter((path) => existsSync(join(root, path)));

/** A page without what stands in fences, where brackets are code. */
function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8").replace(/^(\s*`{3,})[\s\S]*?^\1$/gm, "");
}

/** The places in a page to which a link can lead, as GitHub names them. */
function anchorsOf(page: string): ReadonlySet<string> {
  const headings = [...textOf(page).matchAll(/^#+ (.+)$/gm)].map((match) => match[1] ?? "");
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-"),
    ),
  );
}

/** Links that lead nowhere. */
function brokenIn(page: string): readonly string[] {
  const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? "");
  return links.filter((link) => {
    if (/^[a-z]+:/.test(link)) return false;
    const [path = "", anchor] = link.split("#");
    const target = path === "" ? page : join(dirname(page), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && target.endsWith(".md") && !anchorsOf(target).has(anchor);
  });
}

test.for(pages)("every link in %s leads to a file and a heading that are there", (page) => {
  expect(brokenIn(page)).toEqual([]);
});

test("a link to a heading that is not there is found", () => {
  expect(anchorsOf("docs/backends.md").has("two-hosts")).toBe(true);
  expect(anchorsOf("docs/backends.md").has("three-hosts")).toBe(false);
});
