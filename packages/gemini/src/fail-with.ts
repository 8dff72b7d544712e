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
 * the AI SDK throws by itself, and no connection caused, is a request that it cannot send or an answer that it cannot read.
 */
export function failWith<T>(call: Call, signal: AbortSignal | undefined, run: () => PromiseLike<T>): Promise<T> {
  return failWithFailure((error) => toFailure(error, call), signal, run);
}

/** What the AI SDK throws, as one of our errors. */
export function toFailure(error: unknown, { backend, place, model, hide }: Call): Error {
  const own = ownError(error);
  if (own !== undefined) return own;
  if (isConnectionFailure(error)) return connectionFailure(error, { backend, place, model, hide });
  const words = hide(error instanceof Error ? error.message : String(error)).slice(0, MOST_WORDS);
  // Without its cause, which carries the whole request and the whole answer.
  if (error instanceof Error && REFUSED_REQUESTS.has(error.name)) {
    return new ModelError(`${model} cannot be asked so: ${words}`, { failure: "bad_request", backend, model });
  }
  return new ModelError(`${place} gave an answer that cannot be used: ${words}`, { failure: "reply", backend, model });
}

/** The AI SDK repeats the answer that it could not read, however long. */
const MOST_WORDS = 500;

/** What the AI SDK throws before anything is sent. */
const REFUSED_REQUESTS: ReadonlySet<string> = new Set([
  "AI_InvalidArgumentError",
  "AI_InvalidPromptError",
  "AI_NoSuchProviderReferenceError",
  "AI_TooManyEmbeddingValuesForCallError",
  "AI_UnsupportedFunctionalityError",
]);

/** Our error, from under whatever the AI SDK wrapped around it. */
function ownError(error: unknown): CatenaryError | undefined {
  return causesOf(error).find((layer) => CatenaryError.isInstance(layer));
}
