import type { JsonObject } from "@catenary/core";
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
    const text = reply.chunks?.join("") ?? JSON.stringify(reply.body ?? null);
    return new Response(reply.body === undefined && reply.chunks === undefined ? "{}" : text, {
      status,
      headers: { "content-type": contentType },
    });
  };
}
