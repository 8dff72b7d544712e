interface Held {
  abandon(reader: "answer" | "stream"): void;
}

const onAnswerLost = new FinalizationRegistry<Held>((body) => body.abandon("answer"));
const onStreamLost = new FinalizationRegistry<Held>((body) => body.abandon("stream"));

/**
 * Frees the connection of a body that is not whole yet when whoever could have read it was collected without having done so. To
 * register costs a fifth of a short request: bodies that are here already are left out.
 */
export function releaseUnread(reader: object, body: Held): void {
  (reader instanceof ReadableStream ? onStreamLost : onAnswerLost).register(reader, body);
}
