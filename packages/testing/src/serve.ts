import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServeOptions {
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Default `127.0.0.1`, so that nobody else can reach it. */
  readonly host?: string;
}

export interface Served extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** How many connections are open right now. */
  connections(): number;
  /** How many requests are neither answered to their end nor given up by their caller. */
  requestsUnderWay(): number;
  /** Breaks every connection and frees the port. */
  close(): Promise<void>;
}

/**
 * Puts a function from request to response, such as a fake server, on a real socket. A handler that rejects, or a body that
 * fails, breaks the connection, as a crashed server would. The request's signal aborts when the caller goes away.
 */
export async function serve(
  handle: (request: Request) => Promise<Response>,
  { port = 0, host = "127.0.0.1" }: ServeOptions = {},
): Promise<Served> {
  let connections = 0;
  let underWay = 0;
  const server = createServer((incoming, outgoing) => {
    underWay += 1;
    outgoing.once("close", () => {
      underWay -= 1;
    });
    respond(handle, incoming, outgoing).catch(() => outgoing.destroy());
  });
  server.on("connection", (socket) => {
    connections += 1;
    socket.once("close", () => {
      connections -= 1;
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  // A server that listens on TCP has an address of this shape; only pipes have a string.
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}`,
    connections: () => connections,
    requestsUnderWay: () => underWay,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function respond(
  handle: (request: Request) => Promise<Response>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort(new DOMException("the caller went away", "AbortError")));
  const response = await handle(await toRequest(incoming, gone.signal));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) return void outgoing.end();
  // Without this a slow body's headers would wait for its first chunk.
  outgoing.flushHeaders();
  const reader = response.body.getReader();
  gone.signal.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    if (!outgoing.write(read.value))
      await new Promise((resolve) => outgoing.once("drain", resolve).once("close", resolve));
  }
  outgoing.end();
}

async function toRequest(incoming: IncomingMessage, signal: AbortSignal): Promise<Request> {
  const method = incoming.method ?? "GET";
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) headers.set(name, String(value));
  return new Request(`http://${incoming.headers.host ?? "127.0.0.1"}${incoming.url ?? "/"}`, {
    method,
    headers,
    signal,
    ...(method !== "GET" && method !== "HEAD" && { body: Buffer.concat(chunks) }),
  });
}
