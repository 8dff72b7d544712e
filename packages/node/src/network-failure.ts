import { CatenaryError } from "@catenary/core";

/**
 * What a connection's error becomes: as with the platform's `fetch`, a `TypeError` whose cause has the code of the network. What the
 * transport decided itself stays as it is.
 *
 * @param words `fetch failed` before an answer, `terminated` in the middle of one.
 */
export function networkFailure(words: "fetch failed" | "terminated", error: unknown): Error {
  if (CatenaryError.isInstance(error)) return error;
  return new TypeError(words, { cause: plainCause(error) });
}

function plainCause(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // Of several addresses that were tried, the first tells best what is wrong.
  if (error instanceof AggregateError) return plainCause(error.errors[0] ?? new Error(error.message));
  if (!("rawPacket" in error)) return error;
  // What could not be parsed hangs on it in full, and nobody knows what is in there.
  const code = "code" in error ? error.code : undefined;
  return Object.assign(new Error(error.message), { code });
}
