import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { BrokenFile, checkHeader } from "../file/check-header.ts";

/** SHA-256 of a file, in hexadecimal digits. Rejects with the signal's reason when that aborts. */
export async function checksumOf(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash, {
      ...(signal !== undefined && { signal }),
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
  return hash.digest("hex");
}

/** Why a file is no whole GGUF file, as far as its header tells; undefined where it is one. Rejects with the signal's reason. */
export async function faultOfGguf(path: string, size: number, signal?: AbortSignal): Promise<string | undefined> {
  try {
    await checkHeader(path, size, signal);
    return undefined;
  } catch (error) {
    if (error instanceof BrokenFile) return `it is not a whole GGUF file: ${error.message}`;
    throw error;
  }
}
