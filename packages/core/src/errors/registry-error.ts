import { CatenaryError } from "./catenary-error.ts";

/** A change of a registry that cannot be made: the id is taken (`already_exists`), nobody has it (`not_found`), or what is given is not what is kept there (`invalid_entry`). */
export class RegistryError extends CatenaryError {
  constructor(
    code: "already_exists" | "not_found" | "invalid_entry",
    message: string,
    details: { readonly noun: string; readonly id: string },
  ) {
    super(code, message, { details });
  }
}
