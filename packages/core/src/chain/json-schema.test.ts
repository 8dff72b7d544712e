import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryChain } from "../../tests/arbitrary-chain.ts";
import { CONTENT, TEMPLATES } from "../../tests/corpus/chain-contents.ts";
import { BRANCHES, FLOW, SOUND_WAYS } from "../../tests/corpus/chain-ways.ts";
import { GRAPH, STRUCTURE } from "../../tests/corpus/chains.ts";
import { SOUND } from "../../tests/corpus/sound-chains.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { encodeChain } from "./encode-chain.ts";
import { chainJsonSchema } from "./json-schema.ts";
import { parseChain } from "./parse-chain.ts";

const schema = chainJsonSchema();
// The list of tasks is a tuple of one with more to come, which Ajv takes for a slip.
const accepts = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true }).compile(schema);
const corpus = [...STRUCTURE, ...GRAPH, ...CONTENT, ...TEMPLATES, ...BRANCHES, ...FLOW];

/** As a file has it. Undefined for what JSON cannot carry. */
function asJson(chain: unknown): Json | undefined {
  const text: string | undefined = JSON.stringify(chain);
  return text === undefined ? undefined : JSON.parse(text);
}

/** A copy in which one value, counted through all that there are, is another. */
function replaceAt(json: JsonObject, place: number, value: Json): Json {
  let count = 0;
  JSON.stringify(json, (_, item) => {
    count += 1;
    return item;
  });
  let left = place % count;
  return JSON.parse(JSON.stringify(json, (_, item) => (left-- === 0 ? value : item)));
}

describe("chainJsonSchema", () => {
  test("accepts every chain that is right", () => {
    fc.assert(
      fc.property(arbitraryChain, (definition) => {
        expect(accepts(encodeChain(definition))).toBe(true);
      }),
    );
  });

  test("accepts the same chains with the names of TypeScript", () => {
    fc.assert(
      fc.property(arbitraryChain, ({ extra: _, ...definition }) => {
        const json = asJson(definition);
        expect(json !== undefined && accepts(json)).toBe(true);
      }),
    );
  });

  test("accepts whatever parseChain finds no error in, after any value in it was changed", () => {
    fc.assert(
      fc.property(arbitraryChain, fc.nat(), fc.jsonValue({ maxDepth: 1 }), (definition, place, value) => {
        // Safe: what fast-check calls a JSON value is one.
        const changed = replaceAt(encodeChain(definition), place, value as Json);
        const hasError = parseChain(changed).findings.some(({ severity }) => severity === "error");
        expect(hasError || accepts(changed)).toBe(true);
      }),
    );
  });

  test.each([
    ...SOUND,
    ...SOUND_WAYS,
    ...corpus.filter(({ expected }) => expected.every((finding) => finding.startsWith("warning"))),
  ])("accepts what parseChain accepts: $name", ({ chain }) => {
    const json = asJson(chain);
    expect(json !== undefined && accepts(json)).toBe(true);
  });

  const wrong = STRUCTURE.filter(({ expected }) =>
    expected.some((finding) => /wrong_type|not_an_object/.test(finding)),
  );
  const inJson = wrong.filter(({ name, expected }) => {
    return expected.every((finding) => finding.startsWith("error")) && !/nothing|function|number that JSON/.test(name);
  });
  test.each(inJson)("refuses what has the wrong type: $name", ({ chain }) => {
    expect(accepts(asJson(chain) ?? true)).toBe(false);
  });

  test("is the file that the package has: else run `pnpm write:schema`", () => {
    const file = new URL("../../chain.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
    const { exports, files } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(exports["./chain.schema.json"]).toBe("./chain.schema.json");
    expect(files).toContain("chain.schema.json");
  });

  test("may be named in a chain, which is kept and nothing is said about", () => {
    const json = {
      $schema: "./node_modules/@catenary/core/chain.schema.json",
      id: "c",
      tasks: [{ id: "a", handler: "noop" }],
    };
    expect(accepts(json)).toBe(true);
    const { chain, findings } = parseChain(json);
    expect(findings).toEqual([]);
    expect(chain?.toJSON()).toMatchObject(json);
    expect(parseChain(chain?.toJSON()).findings).toEqual([]);
  });

  test("has a name of its own and describes every field", () => {
    expect(schema.$id).toBe("urn:catenary:schema:chain:1");
    const text = JSON.stringify(schema);
    for (const name of ["prompt_template", "promptTemplate", "on_failure", "valid_conditions", "token_limit"]) {
      expect(text).toContain(`"${name}":{"description":`);
    }
  });
});
