import { CatenaryError } from "@catenary/core";

/** What everything that still runs on a closed backend, or begins on it, ends with. */
export function closedError(backend: string): CatenaryError {
  return new CatenaryError("backend_closed", `the backend ${backend} was closed: its models answer no more`, {
    failure: "cancelled",
  });
}
