import type { ClientRequest } from "node:http";

/** Sends a stream as a request's body, as fast as it is taken. Where either side breaks, the other is ended. */
export function writeStream(stream: ReadableStream<Uint8Array>, call: ClientRequest): void {
  const reader = stream.getReader();
  call.once("close", () => void reader.cancel().catch(() => {}));
  pump(reader, call).catch((error) => call.destroy(error instanceof Error ? error : new Error(String(error))));
}

async function pump(reader: ReadableStreamDefaultReader<Uint8Array>, call: ClientRequest): Promise<void> {
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (call.destroyed) return;
    if (!call.write(read.value)) await drained(call);
  }
  call.end();
}

function drained(call: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const onReady = () => {
      call.off("drain", onReady).off("close", onReady);
      resolve();
    };
    call.on("drain", onReady).on("close", onReady);
  });
}
