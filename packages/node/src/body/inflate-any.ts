import { Transform, type TransformCallback } from "node:stream";
import { createInflate, createInflateRaw } from "node:zlib";

/** What `deflate` means differs: most servers send it with zlib's header, some without. The first byte tells. */
export class InflateAny extends Transform {
  readonly #flush: number;
  #inflate: Transform | undefined;

  constructor(flush: number) {
    super();
    this.#flush = flush;
  }

  override _transform(piece: Buffer, encoding: BufferEncoding, done: TransformCallback): void {
    this.#inflate ??= this.#start(piece);
    this.#inflate.write(piece, encoding, done);
  }

  override _flush(done: TransformCallback): void {
    if (this.#inflate === undefined) done();
    else this.#inflate.once("end", done).end();
  }

  override _read(size: number): void {
    this.#inflate?.resume();
    super._read(size);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#inflate?.destroy();
    done(error);
  }

  #start(piece: Buffer): Transform {
    const isWrapped = ((piece[0] ?? 0) & 0x0f) === 8;
    const inflate = isWrapped ? createInflate({ flush: this.#flush }) : createInflateRaw({ flush: this.#flush });
    inflate.on("data", (inflated) => {
      // A small piece may become a huge one: it goes on when there is room.
      if (!this.push(inflated)) inflate.pause();
    });
    inflate.on("error", (error) => this.destroy(error));
    return inflate;
  }
}
