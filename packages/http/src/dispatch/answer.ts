import { jsonText, type Reply } from "../reply.ts";

/** A reply that is ready to be sent: with all its headers but its length, and nothing left that could fail but its events. */
export type Answer = TextAnswer | EventsAnswer;

interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export interface TextAnswer extends AnswerHead {
  readonly text: string;
}

export interface EventsAnswer extends AnswerHead {
  readonly events: AsyncIterable<string>;
  /** Ends them where they wait for what happens. */
  readonly letGo?: () => void;
  /** Called once, when nothing more is sent. */
  readonly over: OnOver;
}

/** How a stream came to its end: by itself, because its client left, or because of an error. */
export type Outcome = "ended" | "left" | "broke";

export type OnOver = (outcome: Outcome, error?: unknown) => void;

const EVENTS_HEAD = {
  "content-type": "text/event-stream; charset=utf-8",
  "cache-control": "no-cache, no-transform",
  // Proxies hold streams back until they have enough of them, unless told not to.
  "x-accel-buffering": "no",
};

/**
 * Throws where the reply's JSON is none.
 *
 * @param more Headers beside the reply's.
 */
export function toAnswer(
  reply: Reply,
  requestId: string,
  over: OnOver,
  more?: Readonly<Record<string, string>>,
): Answer {
  const { status } = reply;
  const last = { "x-content-type-options": "nosniff", ...reply.headers, ...more, "x-request-id": requestId };
  if ("events" in reply) {
    const { events, letGo } = reply;
    return { status, headers: { ...EVENTS_HEAD, ...last }, events, over, ...(letGo !== undefined && { letGo }) };
  }
  if ("json" in reply)
    return { status, headers: { "content-type": "application/json", ...last }, text: jsonText(reply.json) };
  const { text, contentType = "text/plain; charset=utf-8" } = reply;
  return { status, headers: text === "" ? last : { "content-type": contentType, ...last }, text };
}

/** Ends what nobody will read. */
export function endUnread({ events, over }: Pick<EventsAnswer, "events" | "over">, outcome: Outcome): void {
  over(outcome);
  void events[Symbol.asyncIterator]()
    .return?.()
    .catch(() => {});
}
