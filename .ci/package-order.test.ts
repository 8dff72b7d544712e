import { expect, test } from "vitest";
import { checkPackageOrder, type Manifest } from "./package-order.ts";

const manifests = new Map<string, Manifest>([
  ["core", { name: "@catenary/core", dependencies: { "p-retry": "1" } }],
  ["openai", { name: "@catenary/openai", dependencies: { "@catenary/core": "1" }, imports: { "#own": "./own.js" } }],
  ["testing", { name: "@catenary/testing", peerDependencies: { "@catenary/core": "1", vitest: "1" } }],
  ["surprise", { name: "@catenary/surprise", dependencies: { "@catenary/core": "1" } }],
]);

const check = (path: string, specifier: string) =>
  checkPackageOrder(new Map([[path, [{ specifier, typeOnly: false, line: 1 }]]]), manifests).map(
    ({ message }) => message,
  );

test("lets packages import what they depend on, downwards", () => {
  expect(check("packages/openai/src/index.ts", "@catenary/core")).toEqual([]);
  expect(check("packages/core/src/hook/retry.ts", "p-retry")).toEqual([]);
  expect(check("packages/testing/src/suite.ts", "vitest/config")).toEqual([]);
  expect(check("packages/openai/src/index.ts", "node:fs")).toEqual([]);
});

test("refuses an import against the order", () => {
  expect(check("packages/core/src/index.ts", "@catenary/openai")).toEqual([
    "imports @catenary/openai: core may import none of our packages",
  ]);
  expect(check("packages/openai/src/index.ts", "@catenary/testing/fakes")).toHaveLength(1);
});

test("refuses undeclared packages, reaching into another's files, and oneself by name", () => {
  expect(check("packages/core/src/index.ts", "zod")).toHaveLength(1);
  expect(check("packages/openai/src/index.ts", "../../core/src/index.ts")).toHaveLength(1);
  expect(check("packages/core/src/index.ts", "@catenary/core")).toHaveLength(1);
});

test("lets a package import its own files by the names that its manifest gives them", () => {
  expect(check("packages/openai/src/index.ts", "#own")).toEqual([]);
  expect(check("packages/openai/src/index.ts", "#other")).toEqual([
    "imports #other, which is not among the imports of packages/openai/package.json",
  ]);
});

test("asks for a place in the table when a package is new", () => {
  expect(check("packages/surprise/src/index.ts", "@catenary/core")).toEqual([
    "is in a package that the table in .ci/package-order.ts lacks",
  ]);
});
