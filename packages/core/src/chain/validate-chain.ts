import type { Chain } from "./chain.ts";
import type { Finding } from "./finding.ts";
import { readChain } from "./read-chain.ts";
import { readCheckOptions, type ValidateOptions } from "./read-check-options.ts";

/**
 * Everything that can be said about a chain without running it. Findings of severity `error` stop a run; warnings do not.
 * With the names of a runtime's handlers, hooks, policies and models those are checked too. No chain makes it throw; options
 * of a wrong shape are an `InputError`.
 */
export function validateChain(chain: Chain | unknown, options: ValidateOptions = {}): readonly Finding[] {
  return readChain(chain, readCheckOptions(options)).findings;
}
