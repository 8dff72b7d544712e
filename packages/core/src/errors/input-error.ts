import { CatenaryError } from "./catenary-error.ts";

/** A chain's input is not what its declared type says. */
export class InputError extends CatenaryError {
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super("input_invalid", message, { details });
  }
}
