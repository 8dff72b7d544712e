import { CatenaryError } from "@catenary/core";
import type { Surface } from "../surface.ts";

/** What a client is not told of a failure: what was thrown, without what looks like a key, and where. */
export function logFailure(surface: Surface, requestId: string, error: unknown): void {
  const wrapped = CatenaryError.isInstance(error) ? error : new CatenaryError("unexpected_error", "", { cause: error });
  surface.logger.log("error", "request_failed", { requestId, error: wrapped.toJSON(), at: framesOf(error) });
}

/** A stack begins with the message, which may have anything in it. */
function framesOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
}
