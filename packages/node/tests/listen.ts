import { createServer, type RequestListener, type Server } from "node:http";
import { type AddressInfo, createServer as createRawServer, type Socket } from "node:net";

export interface Listening extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Connections that were ever made. */
  readonly made: () => number;
  /** Connections that are open. */
  readonly open: () => number;
}

/** A server of HTTP on a free port of this machine. */
export function listen(handle: RequestListener): Promise<Listening> {
  const server = createServer(handle);
  // Nothing is closed by the server in the middle of a test.
  server.keepAliveTimeout = 0;
  return start(server);
}

/** A server that says what it wants on each connection. */
export function listenRaw(handle: (socket: Socket) => void): Promise<Listening> {
  return start(createRawServer(handle));
}

async function start(server: ReturnType<typeof createRawServer> | Server): Promise<Listening> {
  const sockets = new Set<Socket>();
  let made = 0;
  server.on("connection", (socket: Socket) => {
    made += 1;
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    made: () => made,
    open: () => sockets.size,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until something is so. Fails by the test's own limit of time where it never is. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}
