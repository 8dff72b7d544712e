import { Agent, createServer, type IncomingMessage, request } from "node:http";
import { type Listening, listenHere } from "./listening.ts";

/**
 * The least that a gateway can do which looks at the model's name: Node's own server and client, and JSON that is read and written
 * anew. Streams go through as they are.
 */
export function serveRelay(modelServer: string): Promise<Listening> {
  const agent = new Agent({ keepAlive: true, maxSockets: 512 });
  const { hostname, port } = new URL(modelServer);
  const server = createServer(async (incoming, outgoing) => {
    const asked: unknown = JSON.parse(await textOf(incoming));
    const isStream = typeof asked === "object" && asked !== null && "stream" in asked && asked.stream === true;
    const body = JSON.stringify(asked);
    const headers = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const sent = request({ hostname, port, path: incoming.url, method: "POST", agent, headers }, async (answer) => {
      const { statusCode = 502 } = answer;
      if (isStream) {
        outgoing.writeHead(statusCode, { "content-type": answer.headers["content-type"] });
        return void answer.pipe(outgoing);
      }
      const text = JSON.stringify(JSON.parse(await textOf(answer)));
      outgoing
        .writeHead(statusCode, { "content-type": "application/json", "content-length": Buffer.byteLength(text) })
        .end(text);
    });
    sent.on("error", () => outgoing.destroy()).end(body);
  });
  return listenHere(server);
}

function textOf(message: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    message
      .on("data", (piece: Buffer) => void pieces.push(piece))
      .on("end", () => resolve(Buffer.concat(pieces).toString()))
      .on("error", reject);
  });
}
