import { ContractError } from "../errors/contract-error.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { schemaCheck } from "../value/schema/schema-check.ts";
import { listProblems } from "../value/schema/schema-problem.ts";
import type { Program } from "./program.ts";

/** Throws a `ContractError` where the run's input is not what the chain says. */
export function checkInput(
  { chain, inputSlot }: Program,
  variables: readonly ({ readonly value: Json } | null)[],
): void {
  if (typeof chain.input !== "object") return;
  const problems = schemaCheck(chain.input)(variables[inputSlot]?.value ?? null);
  if (problems.length === 0) return;
  const message = `the input of chain ${chain.id} is not what its schema says: ${listProblems(problems)}`;
  throw new ContractError(message, { contract: "input", problems });
}

/** Throws a `ContractError` where a run would end with what the chain does not promise. */
export function checkOutput({ chain }: Program, value: Json): void {
  if (chain.output === undefined) return;
  const problems = schemaCheck(chain.output)(value);
  if (problems.length === 0) return;
  const message = `the output of chain ${chain.id} would not be what its schema says: ${listProblems(problems)}`;
  throw new ContractError(message, { contract: "output", problems });
}

/** Whether a run may end with this value. */
export function isOutput(chain: { readonly output?: JsonObject }, value: Json): boolean {
  return chain.output === undefined || schemaCheck(chain.output)(value).length === 0;
}
