import { CatenaryError, ModelError } from "@catenary/core";
import { toldBy } from "../library/told-by.ts";
import type { Origin } from "../origin.ts";

/** An error of the library as one of ours. Ours stay as they are. */
export async function toModelFailure(error: unknown, { backend, model }: Origin): Promise<unknown> {
  if (CatenaryError.isInstance(error)) return error;
  return new ModelError(`llama.cpp failed with model ${model} on ${backend}: ${await toldBy(error)}`, {
    failure: "server_error",
    backend,
    model,
    cause: error,
  });
}
