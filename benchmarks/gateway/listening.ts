import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on a port of this machine. */
export interface Listening {
  readonly port: number;
  close(): Promise<void>;
}

export async function listenHere(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
