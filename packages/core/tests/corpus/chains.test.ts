import { describe, expect, test } from "vitest";
import { FINDING_CODES } from "../../src/chain/finding.ts";
import { parseChain } from "../../src/chain/parse-chain.ts";
import { validateChain } from "../../src/chain/validate-chain.ts";
import { ALL_SOUND, FAULTY } from "./all-chains.ts";
import { RUNTIME, RUNTIME_CHAINS } from "./known-runtime.ts";

describe.each(Object.entries(FAULTY))("malformed chains: %s", (_, chains) => {
  test.each(chains)("$name", ({ chain, expected }) => {
    const { chain: parsed, findings } = parseChain(chain);
    expect(findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(expected);
    expect(parsed === undefined).toBe(expected.some((finding) => finding.startsWith("error")));
    for (const { message } of findings) expect(message).not.toBe("");
  });
});

test.each(ALL_SOUND)("nothing is said about $name", ({ chain }) => {
  const { chain: parsed, findings } = parseChain(chain);
  expect(findings).toEqual([]);
  expect(parsed).toBeDefined();
});

test.each(RUNTIME_CHAINS)("checked for a runtime: $name", ({ chain, expected }) => {
  const findings = validateChain(chain, RUNTIME);
  expect(findings.map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual(expected);
});

/** Only said of tasks that stand by id in code: see suggestions.test.ts. */
const NOT_IN_JSON = "integer_task_id";

test("every code has at least two chains", () => {
  const said = [...Object.values(FAULTY).flat(), ...RUNTIME_CHAINS].map(
    ({ expected }) => new Set(expected.map((finding) => finding.split(" ")[1])),
  );
  const rare = FINDING_CODES.filter((code) => said.filter((codes) => codes.has(code)).length < 2);
  expect(rare).toEqual([NOT_IN_JSON]);
});

test("the corpus has each chain once", () => {
  const names = [...Object.values(FAULTY).flat(), ...ALL_SOUND].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
