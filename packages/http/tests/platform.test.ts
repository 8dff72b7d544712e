import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../src/", import.meta.url));

test("only the entries for Node and Express import Node's own modules: everything else runs on every platform", () => {
  const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts"),
  );
  const bound = files.filter((path) => /from "node:|from "[./]*\/node\//.test(readFileSync(root + path, "utf8")));
  expect(bound.filter((path) => !path.startsWith("node/")).sort()).toEqual(["express.ts", "node.ts"]);
});
