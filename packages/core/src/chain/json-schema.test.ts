import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acceptsSchema } from "../../tests/accepts-schema.ts";
import { arbitraryChain } from "../../tests/arbitrary-chain.ts";
import { CONTENT, TEMPLATES } from "../../tests/corpus/chain-contents.ts";
import { GRAPH, STRUCTURE } from "../../tests/corpus/chains.ts";
import { SOUND } from "../../tests/corpus/sound-chains.ts";
import type { Json } from "../value/json.ts";
import { encodeChain } from "./encode-chain.ts";
import { chainJsonSchema } from "./json-schema.ts";

const schema = chainJsonSchema();
const corpus = [...STRUCTURE, ...GRAPH, ...CONTENT, ...TEMPLATES];

/** As a file has it. Undefined for what JSON cannot carry. */
function asJson(chain: unknown): Json | undefined {
  const text: string | undefined = JSON.stringify(chain);
  return text === undefined ? undefined : JSON.parse(text);
}

describe("chainJsonSchema", () => {
  test("accepts every chain that is right", () => {
    fc.assert(
      fc.property(arbitraryChain, (definition) => {
        expect(acceptsSchema(schema, encodeChain(definition))).toBe(true);
      }),
    );
  });

  test("accepts the same chains with the names of TypeScript", () => {
    fc.assert(
      fc.property(arbitraryChain, ({ extra: _, ...definition }) => {
        const json = asJson(definition);
        expect(json !== undefined && acceptsSchema(schema, json)).toBe(true);
      }),
    );
  });

  test.each([...SOUND, ...corpus.filter(({ expected }) => expected.every((finding) => finding.startsWith("warning")))])(
    "accepts what parseChain accepts: $name",
    ({ chain }) => {
      const json = asJson(chain);
      expect(json !== undefined && acceptsSchema(schema, json)).toBe(true);
    },
  );

  const wrong = STRUCTURE.filter(({ expected }) =>
    expected.some((finding) => /wrong_type|not_an_object/.test(finding)),
  );
  const inJson = wrong.filter(({ name, expected }) => {
    return expected.every((finding) => finding.startsWith("error")) && !/nothing|function|number that JSON/.test(name);
  });
  test.each(inJson)("refuses what has the wrong type: $name", ({ chain }) => {
    expect(acceptsSchema(schema, asJson(chain) ?? true)).toBe(false);
  });

  test("has an address of its own and describes every field", () => {
    expect(schema.$id).toBe("urn:catenary:schema:chain:1");
    const text = JSON.stringify(schema);
    for (const name of ["prompt_template", "promptTemplate", "on_failure", "valid_conditions", "token_limit"]) {
      expect(text).toContain(`"${name}":{"description":`);
    }
  });
});
