import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { pipeline } from "node:stream/promises";
import { checkRoom, writeError } from "./check-room.ts";

/**
 * Copies a file. Rejects with the signal's reason when that aborts; of what did not come whole nothing stays.
 *
 * @throws WeightsError `weights_no_room`
 */
export async function copyFile(from: string, to: string, signal?: AbortSignal): Promise<void> {
  const folder = dirname(to);
  await checkRoom(folder, (await stat(from)).size);
  try {
    const input = createReadStream(from, { highWaterMark: 1 << 20 });
    await pipeline(input, createWriteStream(to), { ...(signal !== undefined && { signal }) });
  } catch (error) {
    await rm(to, { force: true });
    signal?.throwIfAborted();
    throw writeError(folder, error);
  }
}
