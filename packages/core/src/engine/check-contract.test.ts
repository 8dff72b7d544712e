import { describe, expect, test } from "vitest";
import { chainOf } from "../../tests/fixtures/chain-of.ts";
import { ContractError } from "../errors/contract-error.ts";
import type { Json } from "../value/json.ts";
import { checkInput, checkOutput, isOutput } from "./check-contract.ts";
import { compileChain } from "./compile-chain.ts";

const NUMBER = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
const program = compileChain(chainOf({ handler: "noop" }, { input: NUMBER, output: NUMBER }));
const open = compileChain(chainOf({ handler: "noop" }, { input: "json" }));

function variables(value: Json | undefined) {
  const list = new Array<{ readonly value: Json } | null>(program.slots.size).fill(null);
  if (value !== undefined) list[program.inputSlot] = { value };
  return list;
}

describe("a chain's contract", () => {
  test("holds for the variable `input`, and missing input is null", () => {
    expect(() => checkInput(program, variables({ n: 1 }))).not.toThrow();
    expect(() => checkInput(program, variables({ n: "x" }))).toThrow(ContractError);
    expect(() => checkInput(program, variables(undefined))).toThrow(/expected object, got null/);
  });

  test("holds for the output", () => {
    expect(() => checkOutput(program, { n: 1 })).not.toThrow();
    expect(() => checkOutput(program, {})).toThrow(/the output of chain story would not be what its schema says/);
    expect([isOutput(program.chain, { n: 1 }), isOutput(program.chain, {})]).toEqual([true, false]);
  });

  test("says nothing where the chain says nothing", () => {
    expect(() => checkInput(open, variables("anything"))).not.toThrow();
    expect(() => checkOutput(open, "anything")).not.toThrow();
    expect(isOutput(open.chain, null)).toBe(true);
  });
});
