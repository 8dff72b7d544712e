import type { IncomingMessage } from "node:http";
import { PassThrough, pipeline, type Readable, type Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip } from "node:zlib";
import { TransportError } from "../transport-error.ts";
import { InflateAny } from "./inflate-any.ts";

/** Nobody compresses more often; who says so wants to keep us busy. */
const MOST_CODINGS = 5;

/**
 * An answer's body without its content codings; the answer itself where it has none that we know, as with other kinds of `fetch`.
 * Whoever reads it gets the error of whichever part fails.
 *
 * @throws TransportError `response_invalid` where there are more codings than anybody needs.
 */
export function decodeBody(answer: IncomingMessage): Readable {
  const header = answer.headers["content-encoding"];
  if (header === undefined || header === "identity") return answer;
  const codings = header.split(",").map((coding) => coding.trim().toLowerCase());
  if (codings.length > MOST_CODINGS) {
    throw new TransportError(
      "response_invalid",
      `the answer is compressed ${codings.length} times, at most ${MOST_CODINGS} are read`,
      {
        failure: "reply",
      },
    );
  }
  const decoders = codings.reverse().map(decoderOf);
  const known = decoders.filter((decoder) => decoder !== undefined);
  const last = known.at(-1);
  if (last === undefined || known.length < decoders.length) return answer;
  // The last stream is destroyed with the error of any before it, and tells it to its reader.
  pipeline([answer, ...known], () => {});
  return last;
}

function decoderOf(coding: string): Transform | undefined {
  // Pieces of a stream are handed on when they come, and not when a block is full.
  const flush = constants.Z_SYNC_FLUSH;
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return createGunzip({ flush });
    case "deflate":
      return new InflateAny(flush);
    case "br":
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    case "identity":
      return new PassThrough();
    default:
      return undefined;
  }
}
