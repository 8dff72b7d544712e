import { type Chain, chainJson, type Finding, type JsonObject, parseChain } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { checkChainSize } from "../execution/check-chain-size.ts";

export interface ChainBody {
  readonly id: string;
  readonly json: JsonObject;
  /** Absent where it cannot run. It is kept all the same, as the original does. */
  readonly chain: Chain | undefined;
}

/**
 * A chain that a client wants to be kept. Only what is of the wrong type is refused; all else that is wrong with it becomes a finding.
 *
 * @param mostValues How many values it may have.
 */
export function readChainBody(body: Readonly<Record<string, unknown>>, mostValues: number): ChainBody {
  // What we said of it ourselves, when it was last read.
  const sent = Object.fromEntries(Object.entries(body).filter(([name]) => name.toLowerCase() !== "findings"));
  checkChainSize(sent, mostValues);
  const { chain, findings } = parseChain(sent);
  const misread = findings.find(isMisread);
  const json = chain?.toJSON() ?? chainJson(sent);
  if (misread !== undefined || json === undefined)
    throw refuse(`${misread?.path ?? "$"}: ${misread?.message ?? "expected a chain"}`);
  const { id, tasks } = json;
  if (typeof id !== "string" || id === "") throw refuse("task chain ID is required", "id");
  if (!Array.isArray(tasks) || tasks.length === 0) throw refuse("a task chain must contain at least one task", "tasks");
  return { id, json, chain };
}

function isMisread({ severity, code }: Finding): boolean {
  return severity === "error" && (code === "wrong_type" || code === "not_an_object");
}

function refuse(problem: string, param?: string): HttpError {
  return new HttpError(422, `invalid task chain: ${problem}`, param === undefined ? {} : { param });
}
