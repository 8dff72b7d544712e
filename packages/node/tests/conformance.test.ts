import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeFetch } from "../src/index.ts";
import { type Listening, listen, listenRaw } from "./listen.ts";

// The same requests through the platform's fetch and through ours: whoever changes one for the other sees no difference, but those
// that the README names.

const WORDS = "Mauersegler schlafen im Flug – bis zu zehn Monate lang. ".repeat(40);

type Route = (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;

const routes: Readonly<Record<string, Route>> = {
  "/text": (_, response) => response.end(WORDS),
  "/json": (_, response) => response.setHeader("content-type", "application/json").end('{"a":[1,2,{"b":null}]}'),
  "/bom": (_, response) => response.end("\uFEFFmarked"),
  "/broken-utf8": (_, response) => response.end(Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0x62])),
  "/empty": (_, response) => response.end(),
  "/no-content": (_, response) => response.writeHead(204).end(),
  "/not-modified": (_, response) => response.writeHead(304, { etag: '"1"' }).end(),
  "/teapot": (_, response) => response.writeHead(418, "Short And Stout").end("tea"),
  "/down": (_, response) => response.writeHead(503, { "retry-after": "7" }).end("later"),
  "/cookies": (_, response) =>
    response.setHeader("set-cookie", ["a=1; Path=/", "b=2"]).setHeader("x-latin", "caf\u00e9").end(),
  "/echo": (request, response, body) => {
    const { host: _host, connection: _connection, ...headers } = request.headers;
    const own = [
      "content-type",
      "content-length",
      "transfer-encoding",
      "authorization",
      "x-a",
      "x-b",
      "cookie",
      "accept",
    ];
    const seen = Object.fromEntries(
      own.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])),
    );
    const ofForm = String(seen["content-type"]).startsWith("multipart/");
    const told = body.toString("utf8").replaceAll(/-{4,}[\w-]+/g, "----boundary");
    response.end(JSON.stringify({ method: request.method, url: request.url, ...(ofForm ? {} : { seen }), told }));
  },
  "/gzip": (_, response) => response.setHeader("content-encoding", "gzip").end(gzipSync(WORDS)),
  "/x-gzip": (_, response) => response.setHeader("content-encoding", "x-gzip").end(gzipSync(WORDS)),
  "/deflate": (_, response) => response.setHeader("content-encoding", "deflate").end(deflateSync(WORDS)),
  "/deflate-raw": (_, response) => response.setHeader("content-encoding", "deflate").end(deflateRawSync(WORDS)),
  "/br": (_, response) => response.setHeader("content-encoding", "br").end(brotliCompressSync(WORDS)),
  "/twice": (_, response) =>
    response.setHeader("content-encoding", "gzip, br").end(brotliCompressSync(gzipSync(WORDS))),
  "/unknown-coding": (_, response) => response.setHeader("content-encoding", "secret").end("as it is"),
  "/not-gzip": (_, response) => response.setHeader("content-encoding", "gzip").end("nothing of the kind"),
  "/chunks": (_, response) => {
    for (let at = 0; at < 50; at += 1) response.write(`data: {"n":${at}}\n\n`);
    response.end();
  },
  "/301": (_, response) => response.writeHead(301, { location: "/echo?301" }).end("moved"),
  "/302": (_, response) => response.writeHead(302, { location: "/echo?302" }).end(),
  "/303": (_, response) => response.writeHead(303, { location: "echo?303" }).end(),
  "/307": (_, response) => response.writeHead(307, { location: "/echo?307#there" }).end(),
  "/308": (_, response) => response.writeHead(308, { location: "/echo?308" }).end(),
  "/without-location": (_, response) => response.writeHead(302).end("nowhere"),
  "/three": (_, response) => response.writeHead(302, { location: "/301" }).end(),
  "/cut": (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("only this");
    setTimeout(() => response.destroy(), 20);
  },
  "/cut-chunks": (_, response) => {
    response.write("only this");
    setTimeout(() => response.destroy(), 20);
  },
  "/hang-up": (_, response) => response.destroy(),
};

const raw = {
  "no HTTP at all": "SMTP ready\r\n\r\n",
  "a bad length": "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
  "a bad chunk": "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  "nothing at all": "",
};

const file = import.meta.filename;
const bytes = new Uint8Array([0, 1, 2, 250, 255]);
const form = () => {
  const made = new FormData();
  made.set("a", "1");
  made.set("file", new Blob(["content"], { type: "text/plain" }), "b.txt");
  return made;
};
const stream = () => Readable.toWeb(createReadStream(file)) as unknown as ReadableStream<Uint8Array>;

type Init = RequestInit & { readonly duplex?: "half" };

type Case = readonly [name: string, path: string, init?: () => Init];

const cases: readonly Case[] = [
  ...Object.keys(routes)
    .filter((path) => path !== "/not-gzip")
    .map((path): Case => [`GET ${path}`, path]),
  ["HEAD", "/text", () => ({ method: "HEAD" })],
  ["a method in small letters", "/echo", () => ({ method: "delete" })],
  ["text", "/echo?a=b&c", () => ({ method: "POST", body: "Grüße" })],
  ["empty text", "/echo", () => ({ method: "POST", body: "" })],
  ["no body", "/echo", () => ({ method: "POST" })],
  ["bytes", "/echo", () => ({ method: "PUT", body: bytes })],
  ["a part of a buffer", "/echo", () => ({ method: "PUT", body: new Uint16Array(bytes.buffer.slice(0, 4), 2) })],
  ["an ArrayBuffer", "/echo", () => ({ method: "PUT", body: bytes.buffer })],
  ["parameters", "/echo", () => ({ method: "POST", body: new URLSearchParams({ a: "1 2", b: "ü" }) })],
  ["a form", "/echo", () => ({ method: "POST", body: form() })],
  ["a blob", "/echo", () => ({ method: "POST", body: new Blob(["blob"], { type: "text/x" }) })],
  ["a stream", "/echo", () => ({ method: "POST", body: stream(), duplex: "half" })],
  ["headers by name", "/echo", () => ({ headers: { "X-A": "  1 ", "x-b": "caf\u00e9", authorization: "Bearer k" } })],
  [
    "headers of the platform",
    "/echo",
    () => ({
      headers: new Headers([
        ["x-a", "1"],
        ["x-a", "2"],
        ["cookie", "c=d"],
      ]),
    }),
  ],
  [
    "a header of Latin letters before text",
    "/echo",
    () => ({ method: "POST", headers: { "x-b": "caf\u00e9" }, body: "ü" }),
  ],
  [
    "a list of headers",
    "/echo",
    () => ({
      headers: [
        ["X-A", "1"],
        ["x-a", "2"],
      ],
    }),
  ],
  [
    "a type of one's own",
    "/echo",
    () => ({ method: "POST", body: "{}", headers: { "Content-Type": "application/json" } }),
  ],
  ...[301, 302, 303, 307, 308].flatMap((status) =>
    ["GET", "POST", "PUT", "HEAD"].map(
      (method): Case => [
        `${method} with a body over ${status}`,
        `/${status}`,
        () => ({ method, headers: { "x-a": "1", authorization: "k" }, ...(/^P/.test(method) && { body: "again" }) }),
      ],
    ),
  ),
  ["redirects by hand", "/302", () => ({ redirect: "manual" })],
  ["a fragment", "/text#part"],
];

let server: Listening;
const ours = nodeFetch();
beforeAll(async () => {
  server = await listen(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const path = new URL(request.url ?? "", "http://x").pathname;
    routes[path]?.(request, response, Buffer.concat(pieces));
  });
});
afterAll(async () => {
  await ours.close();
  await server[Symbol.asyncDispose]();
});

describe.each(["text", "stream", "clone"] as const)("an answer that is read as a %s is the platform's:", (way) => {
  test.for(cases)("%s", async ([, path, init]) => {
    const url = server.url + path;
    expect(await outcome(ours, url, init, way)).toEqual(await outcome(fetch, url, init, way));
  });
});

test("a request as the platform makes it is sent as the platform sends it", async () => {
  const make = (path: string, more?: RequestInit) =>
    new Request(server.url + path, { method: "POST", body: "x", headers: { "x-a": "1" }, ...more });
  const inits = [undefined, () => ({ headers: { "x-b": "2" } }), () => ({ method: "PUT", body: "y" })];
  for (const path of ["/echo", "/307"]) {
    for (const init of inits) {
      const own = await outcome(ours, make(path), init, "text");
      expect(own).toEqual(await outcome(fetch, make(path), init, "text"));
      expect(own).toMatchObject({ status: 200 });
    }
  }
  expect(await outcome(ours, make("/307", { redirect: "manual" }), undefined, "text")).toMatchObject({ status: 307 });
  const gone = AbortSignal.abort(new Error("not wanted"));
  expect(await outcome(ours, make("/echo", { signal: gone }), undefined, "text")).toMatchObject({
    message: "not wanted",
  });
});

describe.each(Object.entries(raw))("a server that says %s", (_name, said) => {
  test("fails as with the platform's fetch", async () => {
    await using odd = await listenRaw((socket) => {
      socket.once("data", () => socket.end(said));
    });
    const platform = await outcome(fetch, odd.url, undefined, "text");
    const own = await outcome(ours, odd.url, undefined, "text");
    // What the parser says is its own.
    expect({ ...own, code: "" }).toEqual({ ...platform, code: "" });
    expect(own).toMatchObject({ name: "TypeError", code: expect.stringMatching(/^(?:HPE_|ECONNRESET)/) });
  });
});

test("nobody there fails as with the platform's fetch", async () => {
  const { url } = await (async () => {
    await using gone = await listen(() => {});
    return gone;
  })();
  const own = await outcome(ours, url, undefined, "text");
  expect(own).toEqual(await outcome(fetch, url, undefined, "text"));
  expect(own).toMatchObject({ name: "TypeError", message: "fetch failed", code: "ECONNREFUSED" });
});

test("an answer has every member that the platform's has, of its own", async () => {
  const answer = await ours(`${server.url}/text`);
  const own = new Set(Object.getOwnPropertyNames(Object.getPrototypeOf(answer)));
  expect(Object.getOwnPropertyNames(Response.prototype).filter((name) => !own.has(name))).toEqual([]);
  expect(answer).toBeInstanceOf(Response);
  expect(Object.prototype.toString.call(answer)).toBe("[object Response]");
  await answer.body?.cancel();
});

type Way = "text" | "stream" | "clone";

/** Everything that somebody may see of a request. */
async function outcome(send: typeof fetch, input: string | Request, init: (() => Init) | undefined, way: Way) {
  try {
    const response = await send(input, init?.());
    const { status, statusText, ok, redirected, type, url } = response;
    const isUsedBefore = response.bodyUsed;
    const text = await read(response, way);
    const kept = [...response.headers].filter(([name]) => !["date", "connection", "keep-alive"].includes(name));
    return { status, statusText, ok, redirected, type, url, text, isUsedBefore, isUsed: response.bodyUsed, kept };
  } catch (error) {
    const { name, message, cause } = error as Error & { readonly cause?: { readonly code?: string } };
    // The platform's client names a broken connection in its own way.
    const code = cause?.code === "UND_ERR_SOCKET" ? "ECONNRESET" : cause?.code;
    return { name, message, code };
  }
}

async function read(response: Response, way: Way): Promise<string> {
  if (way === "text") return response.text();
  if (way === "clone") {
    const other = response.clone();
    const [first, second] = await Promise.all([response.text(), other.text()]);
    expect(second).toBe(first);
    return first;
  }
  if (response.body === null) return "";
  let text = "";
  for await (const piece of response.body.pipeThrough(new TextDecoderStream())) text += piece;
  return text;
}
