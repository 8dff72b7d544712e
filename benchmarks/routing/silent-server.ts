import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

const OPENAI_BEGINS = {
  id: "x",
  object: "chat.completion.chunk",
  created: 0,
  model: "swift",
  choices: [{ index: 0, delta: { role: "assistant", content: "Swifts" }, finish_reason: null }],
};
const OLLAMA_BEGINS = {
  model: "swift:latest",
  created_at: "2026-01-01T00:00:00Z",
  message: { role: "assistant", content: "Swifts" },
  done: false,
};

/** What Ollama is asked before it is called. */
const LISTS: Readonly<Record<string, object>> = {
  "/api/tags": { models: [{ name: "swift:latest", model: "swift:latest" }] },
  "/api/show": { capabilities: ["completion"], model_info: {} },
  "/api/ps": { models: [] },
};

/** A server of both protocols that begins to answer a model's call, where it is to stream, and then says nothing any more. */
export interface SilentServer {
  readonly url: string;
  /** Resolves when the next call has arrived, and what it is answered with is on its way. */
  called(): Promise<void>;
  /** Resolves when the connection of the last call is gone, with the time at which it was. */
  gone(): Promise<number>;
  close(): Promise<void>;
}

export async function startSilentServer(): Promise<SilentServer> {
  let called = Promise.withResolvers<void>();
  let gone = Promise.withResolvers<number>();
  const server = createServer((request, response) => {
    const list = LISTS[request.url ?? ""];
    request.resume();
    if (list !== undefined) return void response.end(JSON.stringify(list));
    response.once("close", () => gone.resolve(performance.now()));
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.once("end", () => {
      if (/"stream":\s*true/.test(Buffer.concat(chunks).toString())) begin(request.url ?? "", response);
      called.resolve();
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async called() {
      await called.promise;
      called = Promise.withResolvers();
    },
    async gone() {
      const at = await gone.promise;
      gone = Promise.withResolvers();
      return at;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function begin(path: string, response: ServerResponse): void {
  const isOllama = path.startsWith("/api/");
  response.writeHead(200, { "content-type": isOllama ? "application/x-ndjson" : "text/event-stream" });
  response.write(isOllama ? `${JSON.stringify(OLLAMA_BEGINS)}\n` : `data: ${JSON.stringify(OPENAI_BEGINS)}\n\n`);
}
