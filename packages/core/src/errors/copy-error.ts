import type { CatenaryError } from "./catenary-error.ts";

/**
 * The error again, with its class and everything else of it but what is given. A copy, because whoever threw it may throw the same one
 * for several calls.
 */
export function copyError(
  error: CatenaryError,
  changes: Partial<Pick<CatenaryError, "message" | "failure" | "details">>,
): CatenaryError {
  const { message = error.message, failure = error.failure, details = error.details } = changes;
  const own = { configurable: true, writable: true };
  const copy: unknown = Object.create(Object.getPrototypeOf(error), {
    ...Object.getOwnPropertyDescriptors(error),
    message: { value: message, ...own },
    failure: { value: failure, enumerable: true, ...own },
    details: { value: details, enumerable: true, ...own },
    stack: { value: error.stack, ...own },
  });
  // Safe: it has the class, and everything else, of the error that it is a copy of.
  return copy as CatenaryError;
}
