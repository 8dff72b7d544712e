import type { Chain } from "./chain.ts";
import type { CheckOptions } from "./chain-facts.ts";
import type { Finding } from "./finding.ts";
import { readChain } from "./read-chain.ts";

/**
 * Everything that can be said about a chain without running it. Findings of severity `error` stop a run; warnings do not.
 * With the names of a runtime's handlers, hooks, policies and models those are checked too. Never throws.
 */
export function validateChain(chain: Chain | unknown, options: CheckOptions = {}): readonly Finding[] {
  return readChain(chain, options).findings;
}
