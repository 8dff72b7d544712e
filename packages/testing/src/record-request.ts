import type { RecordedRequest } from "./fake-server.ts";

/** What a fake server remembers of a request. Reads a copy, so that the request can still be answered. */
export async function recordRequest(request: Request): Promise<RecordedRequest> {
  const url = new URL(request.url);
  const text = await request.clone().text();
  const body = parsed(text);
  return {
    method: request.method,
    path: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    text,
    ...(body !== undefined && { body }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
