import { CatenaryError } from "../errors/catenary-error.ts";

/** The error of a run that somebody stopped, and of what was under way in it. */
export function runCancelled(reason: string): CatenaryError {
  return new CatenaryError("run_cancelled", `the run was cancelled: ${reason}`, { failure: "cancelled" });
}
