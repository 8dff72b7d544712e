import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface HookServer {
  readonly url: string;
  readonly port: number;
  /** What it was asked, in order. */
  readonly seen: readonly { readonly url: string; readonly headers: IncomingHttpHeaders }[];
}

/** A server of hooks on this machine, until the test is over. Each connection serves one request, so that each call looks its name up. */
export async function hookServer(answer: RequestListener): Promise<HookServer> {
  const seen: { readonly url: string; readonly headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? "", headers: request.headers });
    request.resume();
    response.setHeader("connection", "close");
    answer(request, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // Safe: a server that listens on TCP has an address of this shape.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, seen };
}
