import { streamOf } from "../stream-of.ts";

/** The same answer, whose body comes in pieces of `bytes` bytes, wherever they cut it. */
export function trickleBody(response: Response, bytes: number): Response {
  const { body } = response;
  return body === null ? response : new Response(streamOf(pieces(body, bytes)), response);
}

async function* pieces(body: ReadableStream<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    for (let start = 0; start < chunk.length; start += bytes) yield chunk.subarray(start, start + bytes);
  }
}
