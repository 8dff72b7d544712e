import { leaveBody } from "../surroundings/leave-body.ts";

export interface EventsGuard {
  /** Whether the stream ends at `data: [DONE]`, as OpenAI's does. */
  readonly endsAtDone: boolean;
  /** What the body fails with where no events come, but a page or an object: all of it, up to 64 KiB. */
  readonly toFailure: (text: string) => Error;
}

/**
 * The same answer to a request for a stream of server-sent events, with a body that fails where something else came, whatever type
 * it is said to be: readers of events take a page for a stream without any. It ends with its last event: servers and proxies keep
 * the connection open behind it, and whoever waits for its end takes a whole answer for one that has stalled.
 */
export function guardEvents(response: Response, { endsAtDone, toFailure }: EventsGuard): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  let hasBegun = false;
  let tail = LINE_END;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) return controller.close();
        if (!hasBegun) {
          const first = value.find((byte) => !BLANK.has(byte));
          if (first !== undefined && NO_EVENT.has(first)) throw toFailure(await textOf(reader, value));
          hasBegun = first !== undefined;
        }
        controller.enqueue(value);
        if (!endsAtDone) return;
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

/** White space, and the mark that a text of bytes may begin with. */
const BLANK: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);
/** `<`, `{`, `[`: no line of an event begins with them. */
const NO_EVENT: ReadonlySet<number> = new Set([0x3c, 0x7b, 0x5b]);
const MOST_TEXT = 65_536;

/** Before the first line too. */
const LINE_END = "\n";
/** Longer than the last event with some empty lines. It comes in pieces like everything else. */
const TAIL = 32;
/** A line of its own: in what a model says no line ends, because it is written as JSON. */
const LAST_EVENT = /[\r\n]data: ?\[DONE\]\s*$/;

async function textOf(reader: ReadableStreamDefaultReader<Uint8Array>, first: Uint8Array): Promise<string> {
  const decoder = new TextDecoder();
  let text = decoder.decode(first, { stream: true });
  while (text.length < MOST_TEXT) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += decoder.decode(value, { stream: true });
  }
  void reader.cancel().catch(() => {});
  return text;
}
