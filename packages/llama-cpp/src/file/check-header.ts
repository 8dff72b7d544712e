import { type FileHandle, open } from "node:fs/promises";
import { tensorBytes } from "./tensor-bytes.ts";

/** A GGUF file that is cut, or is none behind its first letters. Its message ends the sentence "it is not a whole GGUF file: …". */
export class BrokenFile extends Error {}

/** Magic, version, and how many tensors and values there are. */
const HEADER_BYTES = 24;
const VERSIONS = [2, 3];
/** The least that stands in the file for a tensor: its name's length, dimensions, kind and place. */
const TENSOR_BYTES = 24;
/** The least that stands in the file for a value: its name's length, its kind and a byte. */
const VALUE_BYTES = 13;
const MOST_DIMENSIONS = 4;
const LONGEST_NAME = 65_535;
const UINT = 4;
const STRING = 8;
const ARRAY = 9;
/** Bytes of a value of each kind, by the kind's number; 0 where it says its length itself. */
const BYTES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
/** Of where tensors begin, in bytes, where the file says no other. */
const ALIGNMENT = 32;
/** Without it the file is of no model. */
const ARCHITECTURE = "general.architecture";

/**
 * Walks through a file's metadata, and what it says of its tensors, and holds every length and count in it against the file's size. The library believes them: it
 * fills what is missing with zeros, and counts for hours to a number that somebody made up.
 *
 * @param part Only the first part of a model says what it is.
 * @throws BrokenFile
 */
export async function checkHeader(
  path: string,
  size: number,
  signal: AbortSignal | undefined,
  part = { isFirst: true },
): Promise<void> {
  if (size < HEADER_BYTES) throw new BrokenFile(`it has ${size} bytes, and its header alone takes ${HEADER_BYTES}`);
  const file = await open(path, "r");
  try {
    const isModel = await walk(new HeaderReader(file, size, signal), size);
    if (part.isFirst && !isModel) throw new BrokenFile(`its metadata has no ${ARCHITECTURE}`);
  } finally {
    await file.close();
  }
}

async function walk(reader: HeaderReader, size: number): Promise<boolean> {
  if ((await reader.text(4)) !== "GGUF") throw new BrokenFile("it does not begin with GGUF");
  const version = await reader.uint();
  if (!VERSIONS.includes(version)) throw new BrokenFile(`it says that it is of version ${version}, expected 2 or 3`);
  const tensors = await reader.long();
  const values = await reader.long();
  if (tensors * TENSOR_BYTES + values * VALUE_BYTES > size - HEADER_BYTES) {
    throw new BrokenFile(
      `it has ${size} bytes, too few for the ${tensors} tensors and ${values} values that it promises`,
    );
  }
  let isModel = false;
  let alignment = ALIGNMENT;
  for (let at = 0; at < values; at += 1) {
    const length = await reader.long();
    if (length > LONGEST_NAME) throw new BrokenFile(`a name in its metadata has ${length} bytes`);
    const name = await reader.text(length);
    const kind = await reader.uint();
    isModel ||= name === ARCHITECTURE && kind === STRING;
    if (name === "general.alignment" && kind === UINT) alignment = (await reader.uint()) || ALIGNMENT;
    else await skipValue(reader, kind);
  }
  const length = await lengthOfTensors(reader, tensors);
  const whole = tensors === 0 ? 0 : Math.ceil(reader.at / alignment) * alignment + length;
  if (whole > size) throw new BrokenFile(`it has ${size} bytes, and its tensors end at ${whole}: it is cut`);
  return isModel;
}

/** Where the last of them ends, behind where they begin. */
async function lengthOfTensors(reader: HeaderReader, count: number): Promise<number> {
  let length = 0;
  for (let at = 0; at < count; at += 1) {
    reader.skip(await reader.long());
    const dimensions = await reader.uint();
    if (dimensions > MOST_DIMENSIONS) throw new BrokenFile(`a tensor in it has ${dimensions} dimensions`);
    let values = 1;
    for (let dimension = 0; dimension < dimensions; dimension += 1) values *= await reader.long();
    const kind = await reader.uint();
    length = Math.max(length, (await reader.long()) + tensorBytes(kind, values));
  }
  return length;
}

async function skipValue(reader: HeaderReader, kind: number): Promise<void> {
  if (kind !== ARRAY) return skipValues(reader, kind, 1);
  const item = await reader.uint();
  return skipValues(reader, item, await reader.long());
}

async function skipValues(reader: HeaderReader, kind: number, count: number): Promise<void> {
  const bytes = BYTES[kind];
  if (bytes === undefined || kind === ARRAY)
    throw new BrokenFile(`its metadata has a value of the unknown kind ${kind}`);
  if (kind !== STRING) return reader.skip(count * bytes);
  for (let at = 0; at < count; at += 1) reader.skip(await reader.long());
}

/** How much of the file is read at once. */
const BLOCK_BYTES = 262_144;

class HeaderReader {
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #signal: AbortSignal | undefined;
  #block = Buffer.alloc(0);
  #blockAt = 0;
  #at = 0;

  constructor(file: FileHandle, size: number, signal: AbortSignal | undefined) {
    this.#file = file;
    this.#size = size;
    this.#signal = signal;
  }

  get at(): number {
    return this.#at;
  }

  async uint(): Promise<number> {
    return (await this.#take(4)).readUInt32LE();
  }

  /** Too large ones lose their last digits, and are larger than any file even so. */
  async long(): Promise<number> {
    return Number((await this.#take(8)).readBigUInt64LE());
  }

  async text(length: number): Promise<string> {
    return (await this.#take(length)).toString("latin1");
  }

  skip(bytes: number): void {
    if (bytes > this.#size - this.#at) throw new BrokenFile("it ends in its metadata");
    this.#at += bytes;
  }

  async #take(bytes: number): Promise<Buffer> {
    const from = this.#at;
    this.skip(bytes);
    if (this.#at > this.#blockAt + this.#block.length || from < this.#blockAt) await this.#read(from);
    const piece = this.#block.subarray(from - this.#blockAt, this.#at - this.#blockAt);
    // The file may have become shorter in the meantime.
    if (piece.length < bytes) throw new BrokenFile("it ends in its metadata");
    return piece;
  }

  async #read(from: number): Promise<void> {
    this.#signal?.throwIfAborted();
    const { buffer, bytesRead } = await this.#file.read(Buffer.alloc(BLOCK_BYTES), 0, BLOCK_BYTES, from);
    this.#block = buffer.subarray(0, bytesRead);
    this.#blockAt = from;
  }
}
