import { CatenaryError } from "./catenary-error.ts";
import type { FailureClass } from "./failure-class.ts";

/** Whose schema was broken: the chain's own, or that of the task named in `details.taskId`. */
export type Contract = "input" | "output" | "task_output";

export interface ContractDetails {
  readonly contract: Contract;
  /** Where the value is not as the schema wants it, and why. Never has the value in it. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  readonly taskId?: string;
}

/** A value is not what a JSON Schema of the chain says (`contract_broken`). */
export class ContractError extends CatenaryError {
  constructor(message: string, details: ContractDetails, failure: FailureClass = "chain") {
    super("contract_broken", message, { failure, details: { ...details } });
  }
}
