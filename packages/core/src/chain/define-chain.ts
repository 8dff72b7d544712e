import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import type { Chain } from "./chain.ts";
import { createChain, isChain } from "./create-chain.ts";
import type { Finding, FindingCode } from "./finding.ts";
import { readChain } from "./read-chain.ts";
import { findingsInSource } from "./source/findings-in-source.ts";
import { normalizeSource } from "./source/normalize-source.ts";
import type { Bindable, Bindings, BindingsOf, Unbound } from "./typing/bindings.ts";
import type { ChainInput, ChainOutput, NeedsOf } from "./typing/chain-output.ts";
import type { ChainShape } from "./typing/chain-shape.ts";
import type { CheckedChain } from "./typing/checked-chain.ts";

/** What only a runtime can tell, and what nobody looked at. Everything else that `parseChain` warns about is refused here: whoever writes code can mend it. */
const ALLOWED: ReadonlySet<FindingCode> = new Set([
  "unknown_handler",
  "unknown_hook",
  "unknown_policy",
  "unknown_group",
  "partly_checked",
]);

/** The type of `defineChain`. */
export interface DefineChain<B extends Bindings> {
  /**
   * Defines a chain in code. Tasks stand by id or as a list, and the first is the start; `next: "id"` and
   * `next: { outcome: "id", default: "id" }` are short for branches.
   *
   * ```ts
   * import { defineChain } from "@catenary/core";
   *
   * const greet = defineChain({
   *   id: "greet",
   *   tasks: {
   *     ask: { handler: "raw_string", promptTemplate: "Greet {{.input}}.", next: "done" },
   *     done: { handler: "noop" },
   *   },
   * });
   * ```
   *
   * What the compiler can tell is wrong does not compile: a target, a variable, a field, a word of `validConditions`. The
   * result knows what the chain is run with and what the tasks that end it produce.
   *
   * @throws ChainInvalidError It names every fault, those included that `parseChain` only warns about.
   */
  // The compiler infers C through the first branch and checks against the second; `C & CheckedChain<C>` would report every fault as `never`.
  <const C extends ChainShape>(
    source: [C] extends [never] ? C : CheckedChain<C, B>,
  ): C extends Chain<infer Input, infer Output, infer Needs>
    ? Chain<Input, Output, Needs>
    : Chain<ChainInput<C>, ChainOutput<C, B>, NeedsOf<C>>;

  /**
   * The same function, which knows an application's code: `defineChain.with<typeof hooks>()` checks the names, arguments
   * and results of hooks, `defineChain.with<{ hooks: typeof hooks; handlers: typeof handlers }>()` those of custom kinds of task too.
   * Custom kinds of task are only known so. Nothing is looked at when the program runs.
   */
  with<Code extends Bindable>(): DefineChain<BindingsOf<Code>>;
}

// Safe: what the types say beyond `Chain` is known to the compiler only; every chain carries it as nothing at all.
export const defineChain = Object.assign(define, { with: () => defineChain }) as DefineChain<Unbound>;

function define(source: unknown): Chain {
  const isWritten = !isChain(source);
  const normalized = isWritten ? normalizeSource(source) : { value: source, findings: [] };
  const { definition, findings } = readChain(normalized.value, {}, normalized.findings);
  const faults = findings.filter(({ severity, code }) => severity === "error" || !ALLOWED.has(code));
  if (definition === undefined || faults.length > 0) {
    throw new ChainInvalidError(
      definition?.id,
      (isWritten ? findingsInSource(faults, source) : faults).map(
        (fault): Finding => ({ ...fault, severity: "error" }),
      ),
    );
  }
  return createChain(definition);
}
