/** Cuts a stream of bytes into the lines of NDJSON. Empty lines are left out. */
export class LineSplitter {
  readonly #decoder = new TextDecoder();
  #rest = "";

  /** The lines that are whole with this chunk; without a chunk, what is left at the end. */
  lines(chunk?: Uint8Array): string[] {
    const text =
      this.#rest + (chunk === undefined ? this.#decoder.decode() : this.#decoder.decode(chunk, { stream: true }));
    const lines = text.split("\n");
    this.#rest = chunk === undefined ? "" : (lines.pop() ?? "");
    return lines.map((line) => line.trim()).filter((line) => line !== "");
  }
}

/** A line as a JSON object; anything else is an empty one. */
export function parseLine(line: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    // Only fields that are looked at before they are used are read from it.
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {
    // Told by the caller, who misses the fields it needs.
  }
  return {};
}
