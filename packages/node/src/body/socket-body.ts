import type { Readable } from "node:stream";
import { networkFailure } from "../network-failure.ts";
import { TransportError } from "../transport-error.ts";
import type { BodySource } from "./body-source.ts";
import { joinBytes } from "./join-bytes.ts";
import { releaseUnread } from "./release-unread.ts";

/** So much is taken from the socket before anybody asks: a short answer frees its connection whether it is read or not. */
const READ_AHEAD_BYTES = 65_536;

type Progress =
  | { readonly state: "open" }
  | { readonly state: "ended" }
  | { readonly state: "failed"; readonly error: unknown };

export interface SocketBodySettings {
  readonly maxBytes: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, when nothing more will come. */
  readonly onOver: () => void;
}

/** A body that comes from a socket. Nothing heavier than a list of pieces is made before somebody asks for a stream. */
export class SocketBody implements BodySource {
  readonly #source: Readable;
  readonly #settings: SocketBodySettings;
  #pieces: Uint8Array[] = [];
  #waitingBytes = 0;
  #totalBytes = 0;
  #progress: Progress = { state: "open" };
  /** Whoever waits for more. */
  #wake: (() => void) | undefined;
  /** Everything is wanted, so that nothing has to wait in the socket. */
  #isWhole = false;
  #isStreamed = false;

  constructor(source: Readable, settings: SocketBodySettings) {
    this.#source = source;
    this.#settings = settings;
    source.on("data", (piece: Uint8Array) => this.#take(piece));
    source.on("end", () => this.#settle({ state: "ended" }));
    source.on("error", (error) => this.fail(bodyFailure(error)));
    source.on("close", () => this.#cut("the connection was closed before the body was whole"));
  }

  /** Whether more may come, so that the connection is not free yet. */
  get isOpen(): boolean {
    return this.#progress.state === "open";
  }

  bytes(): Promise<Uint8Array<ArrayBuffer>> {
    this.#isWhole = true;
    this.#source.resume();
    return new Promise((resolve, reject) => {
      const step = () => {
        const { signal } = this.#settings;
        if (signal?.aborted) reject(signal.reason);
        else if (this.#progress.state === "failed") reject(this.#progress.error);
        else if (this.#progress.state === "ended") resolve(this.#drain());
        else this.#wake = step;
      };
      step();
    });
  }

  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    this.#isStreamed = true;
    const stream = new ReadableStream(
      {
        type: "bytes",
        pull: (controller) => this.#pull(controller),
        cancel: () => this.#stop(),
      },
      // Nothing is read ahead of what is asked for, beyond what is here already.
      { highWaterMark: 0 },
    );
    if (this.isOpen) releaseUnread(stream, this);
    return stream;
  }

  /** Ends the body, and the connection under it, with an error, unless it has ended already. What has come and was not read is gone. */
  fail(error: unknown): void {
    if (!this.isOpen) return;
    this.#settle({ state: "failed", error });
    this.#source.destroy();
  }

  /** Called when nobody can reach what would have read this body. */
  abandon(reader: "answer" | "stream"): void {
    if (reader === "answer" && (this.#isStreamed || this.#isWhole)) return;
    this.#stop();
  }

  #take(piece: Uint8Array): void {
    if (!this.isOpen) return;
    this.#totalBytes += piece.byteLength;
    const { maxBytes } = this.#settings;
    if (this.#totalBytes > maxBytes) {
      this.fail(tooLarge(maxBytes));
      return;
    }
    this.#pieces.push(piece);
    this.#waitingBytes += piece.byteLength;
    if (!this.#isWhole) {
      this.#wake?.();
      if (this.#waitingBytes >= READ_AHEAD_BYTES) this.#source.pause();
    }
  }

  #settle(progress: Progress): void {
    if (!this.isOpen) return;
    this.#progress = progress;
    this.#settings.onOver();
    this.#wake?.();
  }

  #stop(): void {
    this.#pieces = [];
    this.#cut("the body was cancelled");
  }

  /** An error is made only where there is one: its stack costs more than everything else here. */
  #cut(words: string): void {
    if (this.isOpen) this.fail(networkFailure("terminated", new Error(words)));
  }

  #drain(): Uint8Array<ArrayBuffer> {
    const joined = joinBytes(this.#pieces);
    this.#pieces = [];
    this.#waitingBytes = 0;
    return joined;
  }

  #pull(controller: ReadableByteStreamController): Promise<void> | undefined {
    if (this.#give(controller)) return undefined;
    return new Promise((resolve) => {
      this.#wake = () => {
        if (!this.#give(controller)) return;
        this.#wake = undefined;
        resolve();
      };
    });
  }

  /** Hands on what is there. False where it is nothing yet. */
  #give(controller: ReadableByteStreamController): boolean {
    const { signal } = this.#settings;
    if (signal?.aborted) {
      controller.error(signal.reason);
      return true;
    }
    const progress = this.#progress;
    if (this.#pieces.length > 0) controller.enqueue(this.#drain());
    else if (progress.state === "open") return false;
    if (progress.state === "open") this.#source.resume();
    else if (progress.state === "failed") controller.error(progress.error);
    else {
      controller.close();
      // Somebody who reads into memory of his own is told that there is nothing more.
      controller.byobRequest?.respond(0);
    }
    return true;
  }
}

function tooLarge(maxBytes: number): TransportError {
  return new TransportError(
    "response_too_large",
    `the answer's body is longer than ${maxBytes} bytes: ask for less, or give nodeFetch a larger maxBodyBytes`,
    { failure: "reply", details: { maxBytes } },
  );
}

/** What cannot be decompressed is an answer nobody can read; everything else is the connection's. */
function bodyFailure(error: Error): Error {
  const code = "code" in error ? String(error.code) : "";
  if (!/^(?:Z_|ERR__ERROR|ERR_BROTLI|ERR_ZLIB)/.test(code)) return networkFailure("terminated", error);
  return new TransportError(
    "response_invalid",
    "the answer's body is not compressed as its headers say, or it was cut off",
    {
      failure: "reply",
      cause: error,
    },
  );
}
