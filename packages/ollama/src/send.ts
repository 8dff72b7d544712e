import { hideSecrets } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { connectionFailure, refusal } from "./failures.ts";

/**
 * Sends one request and hands back the answer if it is a good one.
 *
 * @param model Which model it is about, for the error.
 * @throws ModelError Nothing answers, the connection breaks, or the server refuses.
 */
export async function send(
  connection: Connection,
  input: string | URL | Request,
  init: RequestInit,
  model?: string,
): Promise<Response> {
  init.signal?.throwIfAborted();
  let response: Response;
  try {
    response = await connection.fetch(input, init);
  } catch (error) {
    init.signal?.throwIfAborted();
    throw connectionFailure(error, hidingSent(connection, init), model);
  }
  if (response.ok) return response;
  throw await refusal(response, hidingSent(connection, init), model);
}

/** The connection, hiding also what this very request carries: a call may bring headers of its own. */
function hidingSent(connection: Connection, { headers = {} }: RequestInit): Connection {
  const isIterable = headers instanceof Headers || Array.isArray(headers);
  const hideSent = hideSecrets({ headers: isIterable ? Object.fromEntries(headers) : headers });
  return { ...connection, hide: (text) => hideSent(connection.hide(text)) };
}

/** Sends a JSON body to one of Ollama's own routes. */
export function call(
  connection: Connection,
  method: "GET" | "POST" | "DELETE",
  path: string,
  {
    body,
    model,
    signal,
  }: { readonly body?: object; readonly model?: string; readonly signal?: AbortSignal | undefined },
): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: { ...connection.headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  };
  return send(connection, `${connection.root}${path}`, init, model);
}
