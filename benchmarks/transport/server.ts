import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ollama, openai } from "./answers.ts";

// A server of models that thinks for no time, in a process of its own. Ends when its parent does.

const server = createServer((request, response) => {
  const said = request.url === "/api/chat" ? ollama : openai;
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (piece) => {
    body += piece;
  });
  request.on("end", () => {
    if (/"stream":\s*true/.test(body)) return stream(response, said.pieces, said === openai);
    const bytes = Buffer.from(said.whole);
    response.writeHead(200, { "content-type": "application/json", "content-length": bytes.length }).end(bytes);
  });
});

/** One piece in each turn of the loop, as a model that is quicker than any. */
function stream(response: ServerResponse, pieces: readonly string[], isEvents: boolean): void {
  response.writeHead(200, { "content-type": isEvents ? "text/event-stream" : "application/x-ndjson" });
  let at = 0;
  const next = () => {
    const piece = pieces[at++];
    if (piece === undefined) return void response.end();
    response.write(piece);
    setImmediate(next);
  };
  next();
}

server.keepAliveTimeout = 60_000;
// A server that listens on TCP has an address of this shape.
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit(0));
