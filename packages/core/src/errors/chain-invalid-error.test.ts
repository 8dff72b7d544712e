import { expect, test } from "vitest";
import { CatenaryError } from "./catenary-error.ts";
import { ChainInvalidError, type InvalidChainFinding } from "./chain-invalid-error.ts";

const finding = (index: number): InvalidChainFinding => ({
  severity: "error",
  code: "unknown_target",
  path: `$.tasks[${index}]`,
  message: `fault ${index}`,
});

test("the message names the first faults and counts the others, and all are carried as plain data", () => {
  const findings = Array.from({ length: 8 }, (_, index) => finding(index));
  const error = new ChainInvalidError("triage", findings);
  expect(error.message).toMatch(/^chain "triage" cannot be run:\n {2}\$\.tasks\[0\]: fault 0\n/);
  expect(error.message).toMatch(/fault 4\n {2}… and 3 more$/);
  expect(error.findings).toHaveLength(8);
  expect(CatenaryError.isInstance(error)).toBe(true);
  expect(error.isRetryable).toBe(false);
  expect(JSON.parse(JSON.stringify(error))).toMatchObject({ code: "chain_invalid", details: { findings } });
});

test("the message says what was probably meant, and does without the name of the chain", () => {
  const error = new ChainInvalidError(undefined, [{ ...finding(0), suggestion: "reply" }]);
  expect(error.message).toBe("the chain cannot be run:\n  $.tasks[0]: fault 0 (did you mean `reply`?)");
});
