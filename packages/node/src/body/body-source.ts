/** What an answer's body comes from. It is read once: whole, or as a stream. */
export interface BodySource {
  /** Everything, in memory. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>;
}
