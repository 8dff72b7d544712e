import { CatenaryError } from "./catenary-error.ts";

/** A task was given a value of a type that it cannot use. */
export class TypeMismatchError extends CatenaryError {
  constructor(
    message: string,
    details: { readonly expected: string; readonly actual: string; readonly handler?: string },
  ) {
    super("type_mismatch", message, { details });
  }
}
