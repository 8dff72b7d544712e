import { CatenaryError, causesOf, failWith as failWithFailure, isConnectionFailure, ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";

/** What the provider throws, as one of our errors: what is not told by the server or the connection is an answer nobody can use. */
export function toFailure(thrown: unknown, connection: Connection, model: string): unknown {
  const error = unwrapped(thrown);
  if (CatenaryError.isInstance(error)) return error;
  if (isConnectionFailure(error)) return connectionFailure(error, connection, model);
  const words = thrown instanceof Error ? thrown.message : String(thrown);
  return new ModelError(`Ollama's answer cannot be used: ${connection.hide(words)}`, {
    failure: "reply",
    backend: connection.backend,
    model,
  });
}

/** What lies beneath the provider's own errors. Those hold the whole request, and a prompt has no place in an error. */
function unwrapped(error: unknown): unknown {
  return causesOf(error).find((layer) => !(layer instanceof Error && "requestBodyValues" in layer));
}

/** Runs one call. Where it was aborted it rejects with the signal's reason, whatever came of it. */
export function failWith<T>(
  connection: Connection,
  model: string,
  signal: AbortSignal | undefined,
  run: () => PromiseLike<T>,
): Promise<T> {
  return failWithFailure((error) => toFailure(error, connection, model), signal, run);
}
