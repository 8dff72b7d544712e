/// <reference lib="esnext.disposable" preserve="true" />
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ServerStops } from "../dispatch/server-stops.ts";
import type { HttpHandler } from "../http-handler.ts";
import { checkHost } from "./check-host.ts";
import { checkServeOptions } from "./check-serve-options.ts";
import { listen } from "./listen.ts";
import { NodeIncoming } from "./node-incoming.ts";
import { OpenReplies } from "./open-replies.ts";
import { refuseClients } from "./refuse-clients.ts";
import { SilentConnections } from "./silent-connections.ts";
import { Stopping } from "./stopping.ts";
import { writeAnswer } from "./write-answer.ts";

export interface ServeHttpOptions {
  /** Default 8081; 0 takes any that is free. */
  readonly port?: number;
  /** The address to listen at. Default `127.0.0.1`, so that only this machine reaches it. */
  readonly host?: string;
  /** Lets everybody who reaches another address than this machine's do everything, without a key. Default false. */
  readonly insecure?: boolean;
  /** How many connections there may be at once; further ones are broken at once. Default 10,000. */
  readonly maxConnections?: number;
  /** How long open replies may go on after `close` was called, in milliseconds. Default 8,000: who asks a process to end often kills it after ten seconds. */
  readonly graceMs?: number;
}

export interface ServedHttp extends AsyncDisposable {
  /** Without a slash at its end, and without the handler's mount. */
  readonly url: string;
  readonly port: number;
  /** Takes no new connections, ends streams that only wait for what happens, lets other replies and streams that are open go to their end for as long as the grace lasts, then ends them. */
  close(): Promise<void>;
}

const MOST_HEADERS = 100;

const LIMITS = {
  // The handler says what is wrong; Node would say nothing.
  requireHostHeader: false,
  maxHeaderSize: 16 * 2 ** 10,
  headersTimeout: 15_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 65_000,
};

/**
 * Serves a handler on a port of its own.
 *
 * @throws CatenaryError `http_options_invalid`, `http_insecure` where others than this machine could do everything, `http_not_listening` where the port cannot be had
 */
export async function serveHttp(handler: HttpHandler, options: ServeHttpOptions = {}): Promise<ServedHttp> {
  checkServeOptions(options);
  const { port = 8081, host = "127.0.0.1", insecure = false, graceMs = 8_000, maxConnections = 10_000 } = options;
  checkHost(host, handler.hasKeys || insecure);
  const [closing, stopping] = [new Stopping(), new Stopping()];
  const open = new OpenReplies();
  const server = createServer(LIMITS, (request, response) => {
    open.add(response);
    serve(handler, { request, response, closing, stopping }).catch(() => response.destroy());
  });
  server.maxHeadersCount = MOST_HEADERS;
  server.maxConnections = maxConnections;
  const silent = new SilentConnections(server);
  refuseClients(server);
  await listen(server, port, host);
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= closeServer({ server, open, silent, closing, stopping, graceMs, handler });
    return closed;
  };
  // Safe: a server that listens on TCP has an address of this shape; only pipes have a string.
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return { url: `http://${name}:${address.port}`, port: address.port, close, [Symbol.asyncDispose]: close };
}

interface Served {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Tells when the server begins to stop. */
  readonly closing: Stopping;
  /** Tells when it waits no longer. */
  readonly stopping: Stopping;
}

async function serve(handler: HttpHandler, { request, response, closing, stopping }: Served): Promise<void> {
  // A client that leaves is seen by the reply's end; without a listener it would end the process.
  response.on("error", () => {});
  const answer = await handler.dispatch(new NodeIncoming({ request, response, isLast: true, stopping }));
  if (answer !== undefined) await writeAnswer(response, answer, request.method ?? "GET", handler.clock, closing);
}

interface Closing extends Pick<Served, "closing" | "stopping"> {
  readonly server: Server;
  readonly open: OpenReplies;
  readonly silent: SilentConnections;
  readonly graceMs: number;
  readonly handler: HttpHandler;
}

/** How long replies have to say that they were ended, before their connections are broken. */
const LAST_WORDS_MS = 250;

async function closeServer({ server, open, silent, closing, stopping, graceMs, handler }: Closing): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  open.letConnectionsGo();
  closing.stop(new ServerStops());
  server.closeIdleConnections();
  silent.close();
  const timers: (() => void)[] = [];
  const after = (delayMs: number) =>
    new Promise<void>((resolve) => timers.push(handler.clock.setTimer(delayMs, resolve)));
  await Promise.race([closed, after(graceMs)]);
  stopping.stop(new ServerStops());
  await Promise.race([closed, after(LAST_WORDS_MS)]);
  server.closeAllConnections();
  for (const stopTimer of timers) stopTimer();
  await closed;
}
