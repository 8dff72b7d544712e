export const jsonType = "application/json; charset=utf-8";

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": jsonType } });
}

/** An error as the routes under `/api` tell it. */
export function failure(status: number, error: string): Response {
  return json({ error }, status);
}

export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(text, { status, headers: { "content-type": "text/plain", ...headers } });
}

/** One line at a time, each made only when the reader asks for it. */
export function ndjson(lines: Iterable<unknown>): Response {
  return new Response(
    chunked(lines, (line) => `${JSON.stringify(line)}\n`),
    {
      headers: { "content-type": "application/x-ndjson" },
    },
  );
}

/** Server-sent events, ended as OpenAI ends them. */
export function events(items: Iterable<unknown>): Response {
  return new Response(
    chunked(withDone(items), (item) => `data: ${typeof item === "string" ? item : JSON.stringify(item)}\n\n`),
    { headers: { "content-type": "text/event-stream" } },
  );
}

function* withDone(items: Iterable<unknown>): Generator<unknown> {
  yield* items;
  yield "[DONE]";
}

function chunked(items: Iterable<unknown>, print: (item: unknown) => string): ReadableStream<Uint8Array> {
  const iterator = items[Symbol.iterator]();
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = iterator.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(print(value)));
      },
    },
    { highWaterMark: 0 },
  );
}
