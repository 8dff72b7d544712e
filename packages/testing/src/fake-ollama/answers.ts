import { streamOf } from "../stream-of.ts";

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json; charset=utf-8" } });
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
  return new Response(streamOf(printed(lines, (line) => `${JSON.stringify(line)}\n`)), {
    headers: { "content-type": "application/x-ndjson" },
  });
}

/** Server-sent events, ended as OpenAI ends them. */
export function events(items: Iterable<unknown>): Response {
  return new Response(
    streamOf(printed(withDone(items), (item) => `data: ${typeof item === "string" ? item : JSON.stringify(item)}\n\n`)),
    { headers: { "content-type": "text/event-stream" } },
  );
}

function* withDone(items: Iterable<unknown>): Generator<unknown> {
  yield* items;
  yield "[DONE]";
}

function* printed(items: Iterable<unknown>, print: (item: unknown) => string): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const item of items) yield encoder.encode(print(item));
}
