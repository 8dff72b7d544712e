import type { Server } from "node:http";
import { CatenaryError } from "@catenary/core";

/** Begins to listen, and waits until it does. */
export function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => reject(notListening(error, port, host));
    server.once("error", onError);
    server.listen(port, host, () => {
      server.off("error", onError);
      resolve();
    });
  });
}

function notListening(error: NodeJS.ErrnoException, port: number, host: string): CatenaryError {
  const why =
    error.code === "EADDRINUSE"
      ? "something else listens there: end it, or take another port"
      : error.code === "EACCES"
        ? "this user may not: take a port above 1023"
        : error.message;
  return new CatenaryError("http_not_listening", `cannot listen at ${host}:${port}: ${why}`, { cause: error });
}
