import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ChainInvalidError, defineChain, validateChain } from "@catenary/core";
import { expect, test } from "vitest";
import { FINDING_CODES } from "../packages/core/src/chain/finding.ts";

const page = readFileSync(fileURLToPath(new URL("findings.md", import.meta.url)), "utf8");
const sections = page
  .split(/^### /m)
  .slice(1)
  .map((text) => {
    const code = text.slice(0, text.indexOf("\n"));
    return { code, text, example: /^```json\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? "" };
  });

/** As the page says that its examples are read. */
const known = { hooks: new Set(["notify"]), policies: new Set(["random"]), models: new Set(["llama3:8b"]) };

/** What is said about an example: tasks by id are for `defineChain`, everything else is JSON. */
function findingsOf(example: string): readonly { readonly code: string; readonly severity: string }[] {
  const chain = JSON.parse(example);
  if (Array.isArray(chain) || Array.isArray(chain.tasks)) return validateChain(chain, known);
  try {
    defineChain(chain);
    return [];
  } catch (error) {
    // Safe: it throws nothing else.
    return (error as ChainInvalidError).findings;
  }
}

test("the page has a section for every code, and for no other", () => {
  expect(sections.map(({ code }) => code).toSorted()).toEqual(FINDING_CODES.toSorted());
});

test.each(sections)(
  "the example of $code has that finding, of the severity that the page says, and no other",
  (section) => {
    const findings = findingsOf(section.example);
    expect([...new Set(findings.map(({ code }) => code))]).toEqual([section.code]);
    for (const { severity } of findings) expect(section.text.toLowerCase()).toContain(severity);
  },
);
