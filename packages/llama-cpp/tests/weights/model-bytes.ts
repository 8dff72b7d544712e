import { createHash } from "node:crypto";

/** Bytes that begin as a GGUF file does. Long enough for several of the downloader's pieces of 5 MiB. */
export function modelBytes(mebibytes = 0.1): Buffer {
  const bytes = Buffer.alloc(Math.round(mebibytes * 2 ** 20));
  for (let place = 0; place + 4 <= bytes.length; place += 4) bytes.writeUInt32LE((place * 2_654_435_761) >>> 0, place);
  bytes.write("GGUF", 0, "latin1");
  return bytes;
}

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
