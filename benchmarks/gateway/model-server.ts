import { createServer, type Server, type ServerResponse } from "node:http";
import { openai } from "../transport/answers.ts";
import { type Listening, listenHere } from "./listening.ts";

/** How many pieces of text a streamed answer has, and how many events with what stands around them. */
export const CHUNKS = 100;

const whole = Buffer.from(openai.whole);
const chunks = [...openai.pieces.slice(0, 1 + CHUNKS), ...openai.pieces.slice(-3)].map((piece) => Buffer.from(piece));

/** What stands behind every gateway: a server of models that speaks OpenAI's protocol and thinks for no time. */
export function serveModels(): Promise<Listening> {
  const server: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("latin1");
    request.on("data", (piece) => {
      body += piece;
    });
    request.on("end", () => {
      if (/"stream":\s*true/.test(body)) return stream(response);
      response.writeHead(200, { "content-type": "application/json", "content-length": whole.length }).end(whole);
    });
  });
  server.keepAliveTimeout = 60_000;
  return listenHere(server);
}

/** One event in each turn of the loop, as a model that is quicker than any: each is a packet of its own. */
function stream(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  let at = 0;
  const next = () => {
    const chunk = chunks[at++];
    if (chunk === undefined) return void response.end();
    response.write(chunk);
    setImmediate(next);
  };
  next();
}
