import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { listen } from "./listen.ts";
import { sha256Of } from "./model-bytes.ts";

/** What a hub on this machine does. Fields may be changed while it runs. */
export interface HubBehaviour {
  bytes: Buffer;
  /** What it says in `x-linked-etag`. Default: the right checksum. Null: nothing. */
  checksum?: string | null;
  /** What it says in `x-linked-size`. Default: the right length. */
  size?: number;
  /** How many answers with a part of the file break off, each after `cutAfter` bytes. Default 0. */
  cuts?: number;
  /** Default: half of the part. */
  cutAfter?: number;
  /** Milliseconds between pieces of 256 KiB. Default 0. */
  delayMs?: number;
  /** Stops sending after so many bytes of each part, and keeps the connection. */
  hangAfter?: number;
  /** Answers everything so. */
  status?: number;
  /** Only who sends this gets anything. */
  token?: string;
}

export interface LoopbackHub extends AsyncDisposable {
  readonly url: string;
  /** Ranges of the file that were asked for, in their order. */
  readonly ranges: string[];
  readonly requests: string[];
}

const PIECE = 256 * 1024;

/** A model hub as its clients know it: `/user/repository/resolve/revision/path` redirects to where the bytes are, which may be asked for in parts. */
export async function loopbackHub(behaviour: HubBehaviour): Promise<LoopbackHub> {
  const [ranges, requests]: [string[], string[]] = [[], []];
  const server = createServer(async (request, response) => {
    const { method = "", url = "" } = request;
    requests.push(`${method} ${url}`);
    if (behaviour.status !== undefined) return end(response, behaviour.status);
    if (behaviour.token !== undefined && url.includes("/resolve/")) {
      if (request.headers.authorization !== `Bearer ${behaviour.token}`) return end(response, 401);
    }
    if (url.startsWith("/old-name/")) return end(response, 307, { location: url.replace("/old-name/", "/user/") });
    if (url.startsWith("/v2/user/repository/manifests/")) {
      return end(response, 200, {}, JSON.stringify({ ggufFile: { rfilename: "model.gguf" } }));
    }
    if (url.startsWith("/user/repository/resolve/") && url.includes("model")) {
      const { checksum = sha256Of(behaviour.bytes), bytes, size = bytes.length } = behaviour;
      const location = `http://${request.headers.host}/bytes?signed=1`;
      const told = checksum === null ? {} : { "x-linked-etag": `"${checksum}"`, "x-linked-size": String(size) };
      return end(response, 302, { location, "x-repo-commit": "c0ffee", ...told });
    }
    if (url.startsWith("/bytes")) return send(request, response, behaviour, ranges);
    end(response, 404);
  });
  return { ...(await listen(server)), ranges, requests };
}

function end(response: ServerResponse, status: number, headers: Record<string, string | number> = {}, body = ""): void {
  response.writeHead(status, headers).end(body);
}

async function send(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  behaviour: HubBehaviour,
  ranges: string[],
): Promise<void> {
  const { bytes, delayMs = 0, hangAfter = Number.POSITIVE_INFINITY } = behaviour;
  const asked = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? "");
  const [from, to] = [Number(asked?.[1] ?? 0), Number(asked?.[2] ?? bytes.length - 1)];
  const range = `bytes ${from}-${to}/${bytes.length}`;
  const length = to - from + 1;
  response.writeHead(asked === null ? 200 : 206, {
    "accept-ranges": "bytes",
    "content-length": length,
    ...(asked !== null && { "content-range": range }),
  });
  if (method === "HEAD") return void response.end();
  let isCut = false;
  if (asked !== null) {
    ranges.push(`${from}-${to}`);
    isCut = (behaviour.cuts ?? 0) > 0;
    if (isCut) behaviour.cuts = (behaviour.cuts ?? 0) - 1;
  }
  const cutAfter = isCut ? (behaviour.cutAfter ?? length / 2) : Number.POSITIVE_INFINITY;
  const stopAfter = asked === null ? Number.POSITIVE_INFINITY : hangAfter;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let sent = 0; sent < length; sent += PIECE) {
      if (sent >= cutAfter) response.destroy();
      if (sent >= stopAfter) await once(response, "close");
      if (response.destroyed) return;
      yield bytes.subarray(from + sent, Math.min(from + sent + PIECE, to + 1));
      if (delayMs > 0) await setTimeout(delayMs);
    }
  }
  // Whoever asked may have gone.
  await pipeline(pieces, response).catch(() => {});
}
