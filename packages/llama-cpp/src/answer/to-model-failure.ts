import { CatenaryError, ModelError } from "@catenary/core";
import { lastWords } from "../library/last-words.ts";
import { messageOf } from "../message-of.ts";
import type { Origin } from "../origin.ts";

/** An error of the library as one of ours. Ours stay as they are. */
export function toModelFailure(error: unknown, { backend, model }: Origin): unknown {
  if (CatenaryError.isInstance(error)) return error;
  const said = [messageOf(error), lastWords.take()].filter((text) => text !== "").join(": ");
  return new ModelError(`llama.cpp failed with model ${model} on ${backend}: ${said}`, {
    failure: "server_error",
    backend,
    model,
    cause: error,
  });
}
