import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";
import { parseLine } from "./line-splitter.ts";

/**
 * The JSON object in an answer; anything else is an empty one.
 *
 * @throws ModelError The connection breaks.
 */
export async function readJson(
  response: Response,
  connection: Connection,
  signal: AbortSignal | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  try {
    return parseLine(await response.text());
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFailure(error, connection);
  }
}
