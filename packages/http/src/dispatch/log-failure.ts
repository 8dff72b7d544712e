import { CatenaryError, type ErrorData, loggedError } from "@catenary/core";
import type { Surface } from "../surface.ts";

/** Errors of models, and of what runs them: whose messages, and those around them, may quote what was said. */
const QUOTING: ReadonlySet<string> = new Set(["task_failed", "model_failed", "reply_invalid"]);

/**
 * What a client is not told of a failure: what was thrown, without what looks like a key, and where. What a run or a model failed of
 * it is told, so that of those there are only names and codes.
 */
export function logFailure(surface: Surface, requestId: string, error: unknown): void {
  const wrapped = CatenaryError.isInstance(error) ? error : new CatenaryError("unexpected_error", "", { cause: error });
  const told = wrapped.toJSON();
  const logged = mayQuote(told) ? withoutQuotes(told) : told;
  surface.logger.log("error", "request_failed", { requestId, error: logged, at: framesOf(error) });
}

function mayQuote({ code, cause }: ErrorData): boolean {
  return QUOTING.has(code) || (cause !== undefined && mayQuote(cause));
}

function withoutQuotes(error: ErrorData): object {
  const { code, failure, cause } = error;
  return { code, failure, ...loggedError(error), ...(cause !== undefined && { cause: withoutQuotes(cause) }) };
}

/** A stack begins with the message, which may have anything in it. */
function framesOf(error: unknown): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  return stack.split("\n").flatMap((line) => (/^\s+at /.test(line) ? [line.trim()] : []));
}
