import { rm, stat } from "node:fs/promises";
import { checksumOf, faultOfGguf } from "./check-file.ts";
import { WeightsError } from "./weights-error.ts";
import type { CheckedAgainst } from "./weights-record.ts";

/** What is known of a file before it comes. */
export interface Expected {
  /** Bytes. */
  readonly size?: number | undefined;
  /** In hexadecimal digits. */
  readonly sha256?: string | undefined;
  /** Who says so. */
  readonly by: CheckedAgainst;
}

/** A file that is what was expected. */
export interface CheckedFile {
  readonly size: number;
  readonly sha256: string;
  readonly checkedAgainst: CheckedAgainst;
}

/**
 * Looks whether a file is what was expected.
 *
 * @throws WeightsError `weights_corrupt` where it is not; the file is then removed, because nothing of it can be trusted.
 */
export async function checkFetched(path: string, expected: Expected, signal?: AbortSignal): Promise<CheckedFile> {
  const { size } = await stat(path);
  const fault = await faultOf(path, size, expected, signal);
  if (fault !== undefined) return discard(path, fault);
  const sha256 = await checksumOf(path, signal);
  if (expected.sha256 === undefined) return { size, sha256, checkedAgainst: "size" };
  if (sha256 === expected.sha256) return { size, sha256, checkedAgainst: expected.by };
  return discard(path, `its SHA-256 is ${sha256}, expected ${expected.sha256}`);
}

async function faultOf(
  path: string,
  size: number,
  expected: Expected,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (expected.size !== undefined && size !== expected.size) return `it has ${size} bytes, expected ${expected.size}`;
  return faultOfGguf(path, size, signal);
}

async function discard(path: string, fault: string): Promise<never> {
  // Where it cannot be removed it cannot be replaced either, which is told then.
  await rm(path, { force: true }).catch(() => {});
  throw new WeightsError("weights_corrupt", `what came is corrupt: ${fault}`, { failure: "network" });
}
