import { describe, expect, test } from "vitest";
import { parseChain } from "../../src/chain/parse-chain.ts";
import { CONTENT, TEMPLATES } from "./chain-contents.ts";
import type { CorpusChain } from "./chain-parts.ts";
import { GRAPH, STRUCTURE } from "./chains.ts";
import { SOUND } from "./sound-chains.ts";

const GROUPS: readonly (readonly [string, readonly CorpusChain[]])[] = [
  ["structure", STRUCTURE],
  ["graph", GRAPH],
  ["content", CONTENT],
  ["templates", TEMPLATES],
];

describe.each(GROUPS)("malformed chains: %s", (_, chains) => {
  test.each(chains)("$name", ({ chain, expected }) => {
    const { chain: parsed, findings } = parseChain(chain);
    expect(findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(expected);
    expect(parsed === undefined).toBe(expected.some((finding) => finding.startsWith("error")));
    for (const { message } of findings) expect(message).not.toBe("");
  });
});

test.each(SOUND)("nothing is said about $name", ({ chain }) => {
  const { chain: parsed, findings } = parseChain(chain);
  expect(findings).toEqual([]);
  expect(parsed).toBeDefined();
});

test("the corpus has each chain once", () => {
  const names = [...GROUPS.flatMap(([, chains]) => chains), ...SOUND].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
