import type { ServerResponse } from "node:http";

/** The replies that are not at their end. */
export class OpenReplies {
  readonly #replies = new Set<ServerResponse>();
  #isLast = false;

  add(response: ServerResponse): void {
    if (this.#isLast) response.setHeader("connection", "close");
    this.#replies.add(response);
    response.once("close", () => this.#replies.delete(response));
  }

  /** From now on each reply is the last one on its connection. */
  letConnectionsGo(): void {
    this.#isLast = true;
    for (const response of this.#replies) {
      if (!response.headersSent) response.setHeader("connection", "close");
      // Its client was not told, and would keep the connection, for which the server waits.
      else response.once("finish", () => response.req.socket.destroySoon());
    }
  }
}
