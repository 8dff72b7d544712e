import { leaveBody } from "@catenary/core";

/**
 * The same answer; where it is a stream of events, it ends at OpenAI's last one, `data: [DONE]`. Servers and proxies keep the
 * connection open behind it, and whoever waits for its end takes a whole answer for one that has stalled.
 */
export function endAtDone(response: Response): Response {
  const type = response.headers.get("content-type") ?? "";
  if (response.body === null || !/^text\/event-stream\b/i.test(type)) return response;
  const reader = response.body.getReader();
  let tail = LINE_END;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        controller.enqueue(value);
        tail = (tail + String.fromCharCode(...value.subarray(-TAIL))).slice(-TAIL);
        if (!LAST_EVENT.test(tail)) return;
        controller.close();
        leaveBody(reader);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of what is asked for.
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

/** Before the first line too. */
const LINE_END = "\n";
/** Longer than the last event with some empty lines. It comes in pieces like everything else. */
const TAIL = 32;
/** A line of its own: in what a model says no line ends, because it is written as JSON. */
const LAST_EVENT = /[\r\n]data: ?\[DONE\]\s*$/;
