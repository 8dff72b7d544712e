import type { Json, JsonObject } from "@catenary/core";
import { readText } from "./normalise.ts";
import type { HookRoute, RecordedSequence } from "./recorded-sequence.ts";

/** The server of hooks of the recordings: some paths answer always the same, the others what was recorded, in that order. */
export class FakeHookServer {
  readonly calls: JsonObject[] = [];
  readonly #routes: Readonly<Record<string, HookRoute>>;
  readonly #replies: HookRoute[];

  constructor({ hookRoutes = {}, hookReplies = [] }: RecordedSequence) {
    this.#routes = hookRoutes;
    this.#replies = [...hookReplies];
  }

  readonly handle = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const headers = Object.fromEntries(request.headers);
    this.calls.push({ method: request.method, path: pathname, headers, body: readText(await request.text()) });
    const {
      status = 200,
      contentType = "application/json",
      ...reply
    } = this.#routes[pathname] ?? this.#replies.shift() ?? {};
    const body = reply.chunks === undefined ? textOf(reply.body) : unfinished(reply.chunks);
    return new Response(body, { status, headers: { "content-type": contentType } });
  };
}

function textOf(body: Json | undefined): string {
  return body === undefined ? "{}" : JSON.stringify(body);
}

/** A download whose end does not come while somebody looks at it: all chunks but the last. */
function unfinished(chunks: readonly string[]): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks.slice(0, -1)) controller.enqueue(encoder.encode(chunk));
    },
  });
}
