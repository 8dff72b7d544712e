import { type HttpHandler, http } from "msw/http";

/**
 * A function from request to response, such as a fake server, as handlers for msw: whatever asks for an address under
 * `baseUrl` meets it.
 */
export function toMswHandlers(handle: (request: Request) => Promise<Response>, baseUrl: string): HttpHandler[] {
  const root = baseUrl.replace(/\/+$/, "");
  return [http.all(root, ({ request }) => handle(request)), http.all(`${root}/*`, ({ request }) => handle(request))];
}
