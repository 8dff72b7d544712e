import type { IncomingMessage } from "node:http";

/** Several headers of one name are joined, as a `Request` does. */
export function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}
