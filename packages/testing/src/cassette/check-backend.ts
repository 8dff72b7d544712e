import { CatenaryError } from "@catenary/core";
import { describeValue } from "../describe-value.ts";
import { isRecord } from "../is-record.ts";

/**
 * Refuses what is no backend, before it is asked for anything.
 *
 * @param who Who was given it, as in `cassette()`.
 * @throws CatenaryError `settings_invalid`
 */
export function checkBackend(who: string, backend: unknown): void {
  if (isRecord(backend) && typeof backend.languageModel === "function" && typeof backend.listModels === "function")
    return;
  throw new CatenaryError(
    "settings_invalid",
    `${who} expects a backend, such as ollama(), as its first argument; got ${describeValue(backend)}`,
  );
}
