import { CatenaryError } from "./catenary-error.ts";

/** What a check found, as far as an error needs it: the same shape as `Finding`. */
export interface InvalidChainFinding {
  readonly severity: "error" | "warning";
  readonly code: string;
  /** Where, as a path into the JSON, in its spelling; of `defineChain` into its source. */
  readonly path: string;
  readonly message: string;
  readonly suggestion?: string;
}

/** How many findings the message names; all of them are in `findings`. */
const NAMED = 5;

/** A chain cannot be run as it is written (`chain_invalid`). `findings` says where and why. */
export class ChainInvalidError extends CatenaryError {
  readonly findings: readonly InvalidChainFinding[];

  constructor(chainId: string | undefined, findings: readonly InvalidChainFinding[]) {
    const name = chainId === undefined || chainId === "" ? "the chain" : `chain "${chainId}"`;
    super("chain_invalid", [`${name} cannot be run:`, ...lines(findings)].join("\n"), { details: { findings } });
    this.findings = findings;
  }
}

function lines(findings: readonly InvalidChainFinding[]): readonly string[] {
  const named = findings.slice(0, NAMED).map(({ path, message, suggestion }) => {
    return `  ${path}: ${message}${suggestion === undefined ? "" : ` (did you mean \`${suggestion}\`?)`}`;
  });
  return findings.length > NAMED ? [...named, `  … and ${findings.length - NAMED} more`] : named;
}
