import { CatenaryError } from "./catenary-error.ts";

export type RegistryErrorCode = "already_exists" | "not_found" | "invalid_entry" | "internal_entry";

/** A change of a registry that cannot be made: the id is taken (`already_exists`), nobody has it (`not_found`), what is given is not what is kept there (`invalid_entry`), or the runtime itself needs the entry (`internal_entry`). */
export class RegistryError extends CatenaryError {
  constructor(code: RegistryErrorCode, message: string, details: { readonly noun: string; readonly id: string }) {
    super(code, message, { details });
  }
}
