import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Chain } from "../src/chain/chain.ts";
import { defineChain } from "../src/chain/define-chain.ts";
import { chainJsonSchema } from "../src/chain/json-schema/json-schema.ts";
import { parseChain } from "../src/chain/parse-chain.ts";
import { writtenChain } from "./arbitrary-source.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

// Safe: the same function, without the types that only a literal can have.
const define = defineChain as unknown as (source: unknown) => Chain;
const accepts = new Ajv2020({ strict: false }).compile(chainJsonSchema());

test("a chain written in code, as JSON, read again, and written again is the same to the letter", () => {
  fc.assert(
    fc.property(writtenChain, ({ source }) => {
      const chain = define(source);
      const text = JSON.stringify(chain);
      const { chain: read, findings } = parseChain(JSON.parse(text));
      expect(findings.filter(({ code }) => code !== "unknown_handler")).toEqual([]);
      expect(JSON.stringify(read)).toBe(text);
      expect(read?.hash).toBe(chain.hash);
      expect(read).toEqual(chain);
    }),
    runs(100),
  );
});

test("every short way to write a chain says the same as the long one", () => {
  fc.assert(
    fc.property(writtenChain, ({ source, longhand }) => {
      expect(define(source).toJSON()).toEqual(define(longhand).toJSON());
      expect(define(source).hash).toBe(define(longhand).hash);
    }),
    runs(100),
  );
});

test("a defined chain is one itself: it is defined, read and written again without a change", () => {
  fc.assert(
    fc.property(writtenChain, ({ source }) => {
      const chain = define(source);
      expect(define(chain)).toEqual(chain);
      expect(parseChain(chain).chain?.hash).toBe(chain.hash);
    }),
    runs(50),
  );
});

test("the JSON Schema accepts whatever code can define", () => {
  fc.assert(
    fc.property(writtenChain, ({ source }) => {
      const json: unknown = JSON.parse(JSON.stringify(define(source)));
      expect(accepts(json) ? [] : accepts.errors).toEqual([]);
    }),
    runs(100),
  );
});

test("the chains are of every form that code can have", () => {
  const seen = new Set<string>();
  for (const { source } of fc.sample(writtenChain, { numRuns: 300, seed: 7 })) {
    const { tasks } = source;
    seen.add(Array.isArray(tasks) ? "list" : "by id");
    for (const task of Object.values(tasks)) {
      seen.add(task.handler).add(`next: ${typeof task.next}`);
      if (task.onFailure !== undefined) seen.add("onFailure");
      if (task.transition?.onFailure !== undefined) seen.add("transition.onFailure");
      if (task.compose !== undefined) seen.add("compose");
      if (task.promptTemplate?.includes("{{")) seen.add("template");
      for (const { when } of task.transition?.branches ?? []) seen.add(`when: ${typeof when}`);
      if (task.output !== undefined) seen.add("~standard" in task.output ? "schema of a library" : "JSON Schema");
    }
  }
  expect([...seen].sort()).toEqual([
    "JSON Schema",
    "by id",
    "compose",
    "condition_key",
    "convert_to_openai_chat_response",
    "embedding",
    "hook",
    "list",
    "model_execution",
    "my_handler",
    "next: object",
    "next: string",
    "next: undefined",
    "noop",
    "onFailure",
    "parse_key_value",
    "parse_number",
    "parse_range",
    "parse_score",
    "parse_transition",
    "raise_error",
    "raw_string",
    "schema of a library",
    "template",
    "transition.onFailure",
    "when: number",
    "when: string",
    "when: undefined",
  ]);
});
