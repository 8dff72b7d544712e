import { failWith as failWithFailure } from "@catenary/core";
import { type Asked, toFailure } from "./to-failure.ts";

/** Runs one call. Where it was aborted it rejects with the signal's reason, whatever came of it; else with one of our errors. */
export function failWith<T>(asked: Asked, signal: AbortSignal | undefined, run: () => PromiseLike<T>): Promise<T> {
  return failWithFailure((error) => toFailure(error, asked), signal, run);
}

/** The same for what is made at once, without a request. */
export function makeWith<T>(asked: Asked, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw toFailure(error, asked);
  }
}
