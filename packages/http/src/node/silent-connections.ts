import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * The connections on which nothing was asked yet. Browsers and Node's own `fetch` make some ahead of what they may ask, and a server
 * that closes its idle connections does not count them among these: it would wait for them.
 */
export class SilentConnections {
  readonly #sockets = new Set<Socket>();

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once("close", () => this.#sockets.delete(socket));
    });
    server.on("request", ({ socket }) => this.#sockets.delete(socket));
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
