import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";

export interface Warehouse {
  readonly url: string;
  /** What was reserved, in order. */
  readonly reserved: readonly string[];
  close(): Promise<void>;
}

/** A small server of somebody else's, which reserves things. It takes each key once: who asks again with it gets the same number. */
export async function openWarehouse(token: string): Promise<Warehouse> {
  const reserved: string[] = [];
  const numbers = new Map<string, number>();
  const reserve = (item: string, key: string) => {
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, reserved.push(item));
    return reserved.length;
  };

  let isFirst = true;
  const server = createServer(async (request, response) => {
    const item = await readItem(request);
    if (request.headers.authorization !== `Bearer ${token}`) return response.writeHead(401).end();
    const number = reserve(item, String(request.headers["idempotency-key"]));
    // Its first answer gets lost, after the work was done.
    if (isFirst) {
      isFirst = false;
      return response.writeHead(503).end();
    }
    return response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ item, number }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : "";
  const close = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  };
  return { url: `http://127.0.0.1:${port}/reserve`, reserved, close };
}

async function readItem(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return String(JSON.parse(text).item);
}
