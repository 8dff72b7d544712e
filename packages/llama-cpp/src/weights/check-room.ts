import { statfs } from "node:fs/promises";
import { inMegabytes } from "./show-progress.ts";
import { WeightsError } from "./weights-error.ts";

/**
 * Looks whether a disk has room for what is to come. Where that cannot be told it is tried.
 *
 * @throws WeightsError `weights_no_room`
 */
export async function checkRoom(folder: string, bytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => undefined);
  if (disk === undefined) return;
  const free = disk.bavail * disk.bsize;
  if (free < bytes) throw noRoom(folder, `${inMegabytes(bytes)} are to come, and ${inMegabytes(free)} are free`);
}

/** A failure to write, as one sentence: another source needs the same room. */
export function writeError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "ENOSPC" || code === "EDQUOT" ? noRoom(folder, "it is full", error) : error;
}

function noRoom(folder: string, why: string, cause?: unknown): WeightsError {
  const message = `the disk of ${folder} has no room for the model: ${why}; make room, or name another folder in CATENARY_CACHE`;
  return new WeightsError("weights_no_room", message, { cause });
}
