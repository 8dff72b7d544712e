import { expect, test } from "vitest";
import { defineChain } from "../define-chain.ts";
import { parseChain } from "../parse-chain.ts";

const messages = (chain: object) => parseChain({ id: "c", ...chain }).findings.map(({ message }) => message);

test("says which task breaks what the chain promises, and with what", () => {
  const ask = { id: "ask", handler: "raw_string" };
  expect(messages({ output: { type: ["object", "null"] }, tasks: [ask] })).toEqual([
    "task `ask` (raw_string) ends the run with `string`, which the chain's `output` (`object` or `null`) never allows: the run always fails there; change the schema, or lead on to a task that gives what it says",
  ]);
  const list = { ...ask, output: { type: "array" } };
  expect(messages({ output: { enum: [1, 2] }, tasks: [list] })[0]).toContain(
    "ends the run with what its own `output` says, which the chain's `output` never allows",
  );
  const passed = [
    { ...list, transition: { branches: [{ operator: "default", goto: "b" }] } },
    { id: "b", handler: "noop" },
  ];
  expect(messages({ output: { type: "object" }, tasks: passed })[0]).toContain("ends the run with a list");
});

test("stops no run that is parsed, and is refused where the chain is defined", () => {
  const chain = { id: "c", output: { type: "number" }, tasks: [{ id: "ask", handler: "raw_string" }] };
  expect(parseChain(chain).chain).toBeDefined();
  expect(() => Reflect.apply(defineChain, undefined, [chain])).toThrow(
    expect.objectContaining({ findings: [expect.objectContaining({ code: "contract_mismatch", severity: "error" })] }),
  );
});
