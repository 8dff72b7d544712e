import type { BodySource } from "./body-source.ts";

/** A body that is a stream already: one half of an answer that was cloned. */
export function streamBody(stream: ReadableStream<Uint8Array<ArrayBuffer>>): BodySource {
  return {
    bytes: async () => new Uint8Array(await new Response(stream).arrayBuffer()),
    stream: () => stream,
  };
}
