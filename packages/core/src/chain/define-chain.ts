import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import type { Chain } from "./chain.ts";
import type { ChainSource } from "./chain-source.ts";
import { createChain, isChain } from "./create-chain.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { normalizeSource } from "./normalize-source.ts";
import { readChain } from "./read-chain.ts";

/** What only a runtime can tell. Everything else that `parseChain` warns about is refused here: whoever writes code can mend it. */
const ALLOWED: ReadonlySet<FindingCode> = new Set(["unknown_handler", "unknown_hook", "unknown_policy"]);

/**
 * Defines a chain in code. Tasks stand by id or as a list, and the first is the start; `next: "id"` and
 * `next: { outcome: "id", default: "id" }` are short for branches.
 *
 * ```ts
 * const greet = defineChain({
 *   id: "greet",
 *   tasks: {
 *     ask: { handler: "raw_string", promptTemplate: "Greet {{.input}}.", next: "done" },
 *     done: { handler: "noop" },
 *   },
 * });
 * ```
 *
 * Throws a `ChainInvalidError` that names every fault, those included that `parseChain` only warns about.
 */
export function defineChain<const C extends ChainSource>(source: C): Chain<unknown, unknown, unknown> {
  const normalized = isChain(source) ? { value: source, findings: [] } : normalizeSource(source);
  const { definition, findings } = readChain(normalized.value);
  const faults = [...normalized.findings, ...findings].filter(
    ({ severity, code }) => severity === "error" || !ALLOWED.has(code),
  );
  if (definition === undefined || faults.length > 0) {
    throw new ChainInvalidError(
      definition?.id,
      faults.map((fault): Finding => ({ ...fault, severity: "error" })),
    );
  }
  return createChain(definition);
}
