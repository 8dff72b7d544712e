import { CatenaryError } from "../../errors/catenary-error.ts";
import { copyError } from "../../errors/copy-error.ts";
import type { RouteRecord } from "../../value/route-record.ts";

/** The error of a routed call, with the way that the call went in its `details.route`; whatever ended it from outside stays as it is. */
export function withRoute(error: unknown, route: RouteRecord | undefined, signal?: AbortSignal): unknown {
  if (signal?.aborted === true && error === signal.reason) return error;
  if (route === undefined || !CatenaryError.isInstance(error) || error.failure === "cancelled") return error;
  return copyError(error, { details: { ...error.details, route } });
}
