/**
 * What a route answers. No `Response`: the entries write it to a socket, or make a `Response` of it, whichever their host has.
 * Names of headers are in lower case.
 */
export type Reply = JsonReply | TextReply | EventsReply;

interface ReplyHead {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Written as JSON and one newline. */
export interface JsonReply extends ReplyHead {
  readonly json: unknown;
}

/** An empty text has no content type. */
export interface TextReply extends ReplyHead {
  readonly text: string;
  /** Default `text/plain; charset=utf-8`. */
  readonly contentType?: string;
}

/**
 * Server-sent events, each a whole frame with its blank line. The head goes out at once: whoever may still answer with a
 * status waits for the first event before giving this. What the iterable throws breaks the connection, so that the client
 * does not take half for all; whatever a client is to read of a failure is a frame. A client that leaves ends the iteration.
 */
export interface EventsReply extends ReplyHead {
  readonly events: AsyncIterable<string>;
  /** Ends events that wait for what happens, and may wait for ever. Called as soon as the server is to stop; everything else has time to come to its end. */
  readonly letGo?: () => void;
}

/** A frame of server-sent events that carries one value. */
export function frameOf(value: unknown): string {
  return `data: ${escapeMarkup(JSON.stringify(value))}\n\n`;
}

/** A reply's JSON as it is sent: what HTML or a script would read as markup is escaped, as the original's encoder does. */
export function jsonText(value: unknown): string {
  return `${escapeMarkup(JSON.stringify(value) ?? "null")}\n`;
}

const MARKUP = ["<", ">", "&", "\u2028", "\u2029"];
const EVERY_MARKUP = /[<>&\u2028\u2029]/g;

/** JSON has these characters only inside its strings, where an escape means the same. */
function escapeMarkup(text: string): string {
  // To look for one character after the other is several times quicker than an expression of all.
  if (!MARKUP.some((char) => text.includes(char))) return text;
  return text.replace(EVERY_MARKUP, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
