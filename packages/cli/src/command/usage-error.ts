import { CatenaryError } from "@catenary/core";

/** Something on the command line, in the environment or in the configuration that cannot be. */
export class UsageError extends CatenaryError {
  constructor(message: string, options: { readonly cause?: unknown } = {}) {
    super("usage_invalid", message, options);
  }
}
