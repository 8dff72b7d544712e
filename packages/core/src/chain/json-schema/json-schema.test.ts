import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { arbitraryChain } from "../../../tests/arbitrary-chain.ts";
import { ALL_SOUND, FAULTY } from "../../../tests/corpus/all-chains.ts";
import { RUNTIME_CHAINS } from "../../../tests/corpus/known-runtime.ts";
import { mutateJson, mutation } from "../../../tests/mutate-json.ts";
import { runs, TIMEOUT_MS } from "../../../tests/property-runs.ts";
import type { Json } from "../../value/json.ts";
import { parseChain } from "../parse-chain.ts";
import { encodeChain } from "../wire/encode-chain.ts";
import { chainJsonSchema } from "./json-schema.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

const schema = chainJsonSchema();
// The list of tasks is a tuple of one with more to come, which Ajv takes for a slip.
const accepts = new Ajv2020({ strict: true, strictTuples: false, allowUnionTypes: true }).compile(schema);
const corpus = [...Object.values(FAULTY).flat(), ...RUNTIME_CHAINS];

/** As a file has it. Undefined for what JSON cannot carry. */
function asJson(chain: unknown): Json | undefined {
  const text: string | undefined = JSON.stringify(chain);
  return text === undefined ? undefined : JSON.parse(text);
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

  test("accepts whatever parseChain finds no error in, after anything in it was changed", () => {
    let accepted = 0;
    fc.assert(
      fc.property(arbitraryChain, fc.array(mutation, { minLength: 1, maxLength: 3 }), (definition, mutations) => {
        const changed = mutations.reduce(mutateJson, encodeChain(definition) as Json);
        const errors = parseChain(changed).findings.filter(({ severity }) => severity === "error");
        if (errors.length === 0) accepted += 1;
        const refusals = accepts(changed) ? [] : accepts.errors;
        expect(errors.length > 0 ? [] : refusals).toEqual([]);
      }),
      runs(200),
    );
    expect(accepted).toBeGreaterThan(20);
  });

  test("accepts the chains of the corpus, after anything in them was changed, where parseChain does", () => {
    const chains = [...ALL_SOUND, ...corpus].flatMap(({ chain }) => asJson(chain) ?? []);
    fc.assert(
      fc.property(fc.constantFrom(...chains), fc.array(mutation, { maxLength: 3 }), (chain, mutations) => {
        const changed = mutations.reduce(mutateJson, chain);
        const errors = parseChain(changed).findings.filter(({ severity }) => severity === "error");
        expect(errors.length > 0 || accepts(changed)).toBe(true);
      }),
      runs(200),
    );
  });

  test.each([
    ...ALL_SOUND,
    ...corpus.filter(({ expected }) => expected.every((finding) => finding.startsWith("warning"))),
  ])("accepts what parseChain accepts: $name", ({ chain }) => {
    const json = asJson(chain);
    expect(json !== undefined && accepts(json)).toBe(true);
  });

  /** What the schema refuses wherever it stands, and what only in the first task. Faults of other kinds no schema can tell. */
  const anywhere = /^error (not_an_object|no_tasks|empty_task_id|reserved_task_id|wrong_type|unknown_data_type) /;
  const atStart =
    /^error (unknown_operator|unknown_strategy|unknown_failure_class|invalid_duration|missing_field) \$\.tasks\[0\]/;
  /** A schema that leads nowhere is one by its form. */
  const notByForm = /a reference|refers|\$ref|pattern|regular/;
  const schemas = /^error invalid_schema (\$\.(input|output)|\$\.tasks\[0\])/;
  const found = corpus.filter(({ name, chain, expected }) => {
    // What JSON cannot carry is not there any more.
    if (JSON.stringify(chain) === undefined || /function|number that JSON/.test(name)) return false;
    const byForm =
      expected.some((finding) => schemas.test(finding)) && !notByForm.test(`${name} ${JSON.stringify(chain)}`);
    return byForm || expected.some((finding) => anywhere.test(finding) || atStart.test(finding));
  });

  test("has something to refuse", () => {
    expect(found.length).toBeGreaterThan(30);
  });

  test.each(found)("refuses what parseChain refuses: $name", ({ chain }) => {
    expect(accepts(asJson(chain) ?? true)).toBe(false);
  });

  const chainWith = (task: object, rest: object = {}) => ({
    id: "c",
    tasks: [{ id: "a", handler: "noop", transition: { branches: [{ operator: "default", goto: "b" }] }, ...task }],
    ...rest,
  });
  const branchWith = (branch: object) => ({ transition: { branches: [branch] } });

  test.each<readonly [string, object]>([
    ["an operator that does not exist", branchWith({ operator: "==", goto: "b" })],
    ["a branch without an operator", branchWith({ goto: "b" })],
    ["a strategy that does not exist", { compose: { with_var: "input", strategy: "append" } }],
    ["a compose without a variable", { compose: { strategy: "override" } }],
    ["a compose whose variable is empty, as TypeScript writes it", { compose: { withVar: "" } }],
    ["a kind of failure that does not exist", { retry: { max: 1, on: ["timeouts"] } }],
    ["a duration without a unit", { timeout: "30" }],
    ["a negative duration", { retry: { max: 1, backoff: "-5s" } }],
    ["no handler", { handler: undefined }],
    ["an empty handler", { handler: "" }],
    ["a condition_key without conditions", { handler: "condition_key" }],
    ["a condition_key with no condition", { handler: "condition_key", valid_conditions: {} }],
    ["a condition_key of a later version without conditions", { handler: "prompt_to_condition" }],
    ["a hook task without a hook", { handler: "hook" }],
    ["a hook without a name", { handler: "hook", hook: { args: {} } }],
    ["a schema with a type that does not exist", { handler: "raw_string", output: { type: "text" } }],
  ])("refuses %s in the first task, as parseChain does, and not where no run may come to it", (_, task) => {
    const first = asJson(chainWith(task).tasks[0]) ?? null;
    const last = { id: "b", handler: "noop" };
    const start = { id: "c", tasks: [first, last] };
    expect(parseChain(start).chain).toBeUndefined();
    expect(accepts(start)).toBe(false);
    const unreached = { id: "c", tasks: [{ ...last, id: "s" }, first, last] };
    expect(parseChain(unreached).chain).toBeDefined();
    expect(accepts(unreached)).toBe(true);
  });

  test.each<readonly [string, unknown]>([
    [
      "a number for a text anywhere",
      {
        id: "c",
        tasks: [
          { id: "a", handler: "noop" },
          { id: "b", promptTemplate: 5 },
        ],
      },
    ],
    ["a task without an id anywhere", { id: "c", tasks: [{ id: "a", handler: "noop" }, { handler: "noop" }] }],
    ["a task that is called end anywhere", { id: "c", tasks: [{ id: "a", handler: "noop" }, { id: "end" }] }],
    ["a type of data that does not exist", chainWith({}, { input: "text" })],
    ["a variable of a type that does not exist", chainWith({}, { variables: { user: "text" } })],
    ["an input that is no JSON Schema", chainWith({}, { input: { required: "all" } })],
    ["an output that is no JSON Schema", chainWith({}, { output: { properties: { a: { minLength: -1 } } } })],
  ])("refuses %s", (_, chain) => {
    expect(parseChain(chain).chain).toBeUndefined();
    expect(accepts(chain)).toBe(false);
  });

  test("accepts names of types in any case, handlers of applications, and what an exacter spelling hides", () => {
    for (const chain of [
      chainWith({ transition: {} }, { input: "Chat_History", variables: { user: "STRING" } }),
      chainWith({ transition: {}, handler: "my_handler", temperature: 5 }),
      chainWith({ transition: {}, prompt_template: "a", promptTemplate: 5 }),
      { ID: "c", Tasks: [{ Id: "a", HANDLER: "condition_key", ValidConditions: { yes: true } }] },
      { id: "c", tasks: [{ id: "a", handler: "tools", tools: { NAME: "page" } }] },
    ]) {
      expect(parseChain(chain).chain).toBeDefined();
      expect(accepts(chain)).toBe(true);
    }
  });

  test("marks the fields that a handler does not use", () => {
    const marked = new Set<string>();
    const ajv = new Ajv2020({ strict: true, strictTuples: false, strictSchema: "log", allowUnionTypes: true });
    ajv.removeKeyword("deprecated");
    ajv.addKeyword({
      keyword: "deprecated",
      validate: (_: unknown, __: unknown, ___: unknown, at?: { instancePath: string }) => {
        marked.add(at?.instancePath ?? "");
        return true;
      },
    });
    const task = { id: "a", handler: "noop", valid_conditions: { a: true }, print: "x", systemInstruction: "x" };
    const other = { id: "b", handler: "raw_string", output: {}, stream: true, execute_config: {}, next: 1 };
    ajv.compile(schema)({ id: "c", tasks: [task, other] });
    expect([...marked].sort()).toEqual(["/tasks/0/systemInstruction", "/tasks/0/valid_conditions", "/tasks/1/stream"]);
  });

  test("is the file that the package has: else run `pnpm write:schema`", () => {
    const file = new URL("../../../chain.schema.json", import.meta.url);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(schema);
    const { exports, files } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
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
    for (const name of ["prompt_template", "^promptTemplate$", "on_failure", "valid_conditions", "token_limit"]) {
      expect(text).toContain(`"${name}":{"description":`);
    }
  });
});
