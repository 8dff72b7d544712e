import type { Chain } from "./chain.ts";
import { createChain } from "./create-chain.ts";
import type { Finding } from "./finding.ts";
import { readChain } from "./read-chain.ts";

export interface ParsedChain {
  /** Absent if and only if there is a finding of severity `error`. */
  readonly chain?: Chain;
  readonly findings: readonly Finding[];
}

/**
 * Reads a chain from JSON (a value, not a text) and checks it completely. Names are read in every spelling:
 * `prompt_template` and `promptTemplate` are the same. Never throws. Which handlers, hooks and policies a runtime
 * has is not known here: see `validateChain`.
 */
export function parseChain(json: unknown): ParsedChain {
  const { definition, findings } = readChain(json);
  const isRunnable = definition !== undefined && findings.every(({ severity }) => severity !== "error");
  return { ...(isRunnable && { chain: createChain(definition) }), findings };
}
