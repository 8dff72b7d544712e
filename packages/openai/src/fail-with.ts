import { CatenaryError, causesOf, failWith as failWithFailure, isConnectionFailure, ModelError } from "@catenary/core";
import { connectionFailure } from "./failures.ts";

export interface Call {
  readonly backend: string;
  readonly place: string;
  readonly model: string;
  /** Blots the keys out. */
  readonly hide: (text: string) => string;
}

/**
 * Runs one call. Where it was aborted it rejects with the signal's reason, whatever came of it; else with one of our errors. What
 * the AI SDK throws by itself, and no connection caused, is an answer that cannot be read.
 */
export function failWith<T>(call: Call, signal: AbortSignal | undefined, run: () => PromiseLike<T>): Promise<T> {
  return failWithFailure((error) => toFailure(error, call), signal, run);
}

/** What the AI SDK throws, as one of our errors. */
export function toFailure(error: unknown, { backend, place, model, hide }: Call): Error {
  const own = ownError(error);
  if (own !== undefined) return own;
  if (isConnectionFailure(error)) return connectionFailure(error, { backend, place, model, hide });
  const words = error instanceof Error ? error.message : String(error);
  // Without its cause, which carries the whole request and the whole answer.
  return new ModelError(`${place} gave an answer that cannot be used: ${hide(words).slice(0, MOST_WORDS)}`, {
    failure: "reply",
    backend,
    model,
  });
}

/** The AI SDK repeats the answer that it could not read, however long. */
const MOST_WORDS = 500;

/** Our error, from under whatever the AI SDK wrapped around it. */
function ownError(error: unknown): CatenaryError | undefined {
  return causesOf(error).find((layer) => CatenaryError.isInstance(layer));
}
