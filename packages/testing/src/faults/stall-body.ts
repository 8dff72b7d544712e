import { hang } from "../wait.ts";

/** The same answer, whose body stops after some chunks and never ends, until `signal` aborts. */
export function stallBody(response: Response, afterChunks: number, signal: AbortSignal): Response {
  let chunksLeft = afterChunks;
  const reader = response.body?.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (chunksLeft <= 0 || reader === undefined) return hang(signal);
        const { done, value } = await reader.read();
        if (done) return hang(signal);
        chunksLeft -= 1;
        controller.enqueue(value);
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
