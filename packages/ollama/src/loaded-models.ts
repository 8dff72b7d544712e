import type { Connection } from "./connection.ts";
import { readJson } from "./read-json.ts";
import { call } from "./send.ts";

/**
 * The full names of the models that the server has in memory. `undefined` where it does not tell: a list is no worse without it.
 */
export async function loadedModels(
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<ReadonlySet<string> | undefined> {
  try {
    const { models } = await readJson(await call(connection, "GET", "/api/ps", { signal }), connection, signal);
    if (!Array.isArray(models)) return undefined;
    return new Set(models.flatMap((model) => (typeof model?.name === "string" ? [model.name] : [])));
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}
