import type { Server } from "node:http";
import { errorBody } from "../errors/error-reply.ts";
import { jsonText } from "../reply.ts";

const REASONS: Readonly<Record<number, string>> = {
  400: "Bad Request",
  408: "Request Timeout",
  431: "Request Header Fields Too Large",
};

const STATUS_OF_CODE: ReadonlyMap<string, number> = new Map([
  ["HPE_HEADER_OVERFLOW", 431],
  ["ERR_HTTP_REQUEST_TIMEOUT", 408],
]);

const MESSAGES: Readonly<Record<number, string>> = {
  400: "what was sent is no HTTP request",
  408: "the request did not come in time",
  431: "a request may have 100 headers, of 16 KiB together; this one has more",
};

/** Answers what is no request with an error's body: everything else is answered by the handler. */
export function refuseClients(server: Server): void {
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || error.code === "ECONNRESET") {
      socket.destroy();
      return;
    }
    const status = STATUS_OF_CODE.get(error.code ?? "") ?? 400;
    const body = jsonText(errorBody(status, MESSAGES[status] ?? ""));
    const head = [
      `HTTP/1.1 ${status} ${REASONS[status]}`,
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${crypto.randomUUID()}`,
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  });
}
