import { createHash } from "node:crypto";
import { writeGguf } from "../fixtures/gguf-writer.ts";

/** A GGUF file without a model to run. Long enough for several of the downloader's pieces of 5 MiB. */
export function modelBytes(mebibytes = 0.1): Buffer {
  const bytes = Buffer.alloc(Math.round(mebibytes * 2 ** 20));
  for (let place = 0; place + 4 <= bytes.length; place += 4) bytes.writeUInt32LE((place * 2_654_435_761) >>> 0, place);
  bytes.set(header(Math.floor((bytes.length - header(0).length) / 4)));
  return bytes;
}

function header(numbers: number): Uint8Array {
  const tensor = { name: "t", shape: [numbers], values: new Float32Array(0) };
  return writeGguf({ metadata: { "general.architecture": "none" }, tensors: [tensor] });
}

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
