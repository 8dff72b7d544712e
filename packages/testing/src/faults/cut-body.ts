import { brokenConnection } from "./broken-connection.ts";

/** The same answer, whose body breaks off. Without a limit nothing of it arrives. */
export function cutBody(
  response: Response,
  { afterChunks = Number.POSITIVE_INFINITY, afterBytes = Number.POSITIVE_INFINITY }: CutLimits,
): Response {
  const limited = afterChunks < Number.POSITIVE_INFINITY || afterBytes < Number.POSITIVE_INFINITY;
  let chunksLeft = limited ? afterChunks : 0;
  let bytesLeft = limited ? afterBytes : 0;
  const reader = response.body?.getReader();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } =
          chunksLeft > 0 && bytesLeft > 0 && reader ? await reader.read() : { done: true, value: undefined };
        if (done || value === undefined) return controller.error(brokenConnection());
        chunksLeft -= 1;
        controller.enqueue(value.subarray(0, Math.min(bytesLeft, value.length)));
        bytesLeft -= value.length;
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

interface CutLimits {
  readonly afterChunks?: number;
  readonly afterBytes?: number;
}
