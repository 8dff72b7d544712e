import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodeFetch } from "../src/index.ts";
import { selfSigned } from "./fixtures/self-signed.ts";
import { listen, listenRaw, until } from "./listen.ts";

/** Its best takes seconds. */
const brotli = (bytes: Uint8Array) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } });
const CODINGS = { gzip: gzipSync, deflate: deflateSync, "raw deflate": deflateRawSync, br: brotli };

describe.each(Object.entries(CODINGS))("a body with %s", (name, compress) => {
  const coding = name.replace("raw ", "");

  test("comes out as it went in, however the network cuts it", async () => {
    const cut = fc.record({ bytes: fc.uint8Array({ maxLength: 20_000 }), at: fc.nat(20_000), again: fc.nat(3) });
    let packed = Buffer.alloc(0);
    let at = 0;
    await using server = await listen((_, response) => {
      response.setHeader("content-encoding", coding);
      response.write(packed.subarray(0, at));
      setImmediate(() => response.end(packed.subarray(at)));
    });
    await using fetch = nodeFetch();
    await fc.assert(
      fc.asyncProperty(cut, async (given) => {
        const bytes = Buffer.concat(Array.from({ length: given.again + 1 }, () => given.bytes));
        packed = compress(bytes);
        at = Math.min(given.at, packed.length);
        expect(Buffer.from(await (await fetch(server.url)).arrayBuffer()).equals(bytes)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test("is unpacked no further than allowed, and the connection ends", async () => {
    const bomb = compress(Buffer.alloc(64 * 1024 * 1024));
    await using server = await listen((_, response) => response.setHeader("content-encoding", coding).end(bomb));
    await using fetch = nodeFetch({ maxBodyBytes: 1_000_000 });
    for (const read of [(r: Response) => r.text(), (r: Response) => new Response(r.body).text()])
      await expect(fetch(server.url).then(read)).rejects.toMatchObject({
        code: "response_too_large",
        failure: "reply",
      });
    await until(() => fetch.connections().active === 0);
  });

  test("that nobody reads is not unpacked beyond what is kept ready", async () => {
    const bomb = compress(Buffer.alloc(50 * 1024 * 1024));
    await using server = await listen((_, response) => response.setHeader("content-encoding", coding).end(bomb));
    await using fetch = nodeFetch();
    const response = await fetch(server.url);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await response.arrayBuffer()).byteLength).toBe(50 * 1024 * 1024);
  });

  test("that is cut off is no whole one", async () => {
    const packed = compress(randomBytes(5_000));
    await using server = await listen((_, response) =>
      response.setHeader("content-encoding", coding).end(packed.subarray(0, 3_000)),
    );
    await using fetch = nodeFetch();
    await expect(fetch(server.url).then((response) => response.text())).rejects.toMatchObject({
      code: "response_invalid",
    });
  });
});

describe("limits", () => {
  test.for(["gzip", "br"])("what is not %s fails as an answer that cannot be used", async (coding) => {
    await using server = await listen((_, response) =>
      response.setHeader("content-encoding", coding).end("plain words"),
    );
    await using fetch = nodeFetch();
    await expect(fetch(server.url).then((response) => response.text())).rejects.toMatchObject({
      code: "response_invalid",
      failure: "reply",
    });
    expect(fetch.connections().active).toBe(0);
  });

  test("a body that says how long it is is refused before it comes", async () => {
    await using server = await listen((_, response) => response.setHeader("content-length", 2_000).write("x"));
    await using fetch = nodeFetch({ maxBodyBytes: 1_000 });
    await expect(fetch(server.url)).rejects.toMatchObject({ code: "response_too_large" });
    await until(() => fetch.connections().active === 0);
  });

  test("a body that does not say so is read up to the limit", async () => {
    await using server = await listen((_, response) => {
      for (let piece = 0; piece < 100; piece += 1) response.write("x".repeat(100));
      response.end();
    });
    await using exact = nodeFetch({ maxBodyBytes: 10_000 });
    expect(await (await exact(server.url)).text()).toHaveLength(10_000);
    await using less = nodeFetch({ maxBodyBytes: 9_999 });
    await expect(less(server.url).then((response) => response.text())).rejects.toMatchObject({
      code: "response_too_large",
    });
  });

  test("a head that is too long breaks the connection, and is not repeated in the error", async () => {
    await using server = await listen((_, response) =>
      response.setHeader("x-long", `canary${"x".repeat(10_000)}`).end(),
    );
    await using fetch = nodeFetch({ maxHeaderBytes: 5_000 });
    const error = await fetch(server.url).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: "TypeError", cause: { code: "HPE_HEADER_OVERFLOW" } });
    expect(JSON.stringify([error.cause, { ...error.cause }])).not.toContain("canary");
  });

  test("more codings than anybody needs are refused", async () => {
    await using server = await listen((_, response) =>
      response.setHeader("content-encoding", Array(50).fill("gzip").join(",")).end("x"),
    );
    await using fetch = nodeFetch();
    await expect(fetch(server.url)).rejects.toMatchObject({ code: "response_invalid" });
    await until(() => fetch.connections().active === 0);
  });

  test.for([
    { maxRedirects: -1 },
    { connectionsPerOrigin: 0 },
    { idleMs: Number.POSITIVE_INFINITY },
    { maxBodyBytes: 1.5 },
    { maxHeaderBytes: "many" },
    { addresses: "any" },
    { lookup: "system" },
  ])("%j is no setting", (options) => {
    // Safe: this is about what the types do not allow.
    expect(() => nodeFetch(options as object)).toThrow(expect.objectContaining({ code: "settings_invalid" }));
  });
});

describe("a body", () => {
  test("is read once", async () => {
    await using server = await listen((_, response) => response.end("once"));
    await using fetch = nodeFetch();
    const response = await fetch(server.url);
    expect(response.bodyUsed).toBe(false);
    const first = response.text();
    expect(response.bodyUsed).toBe(true);
    await expect(response.json()).rejects.toMatchObject({ code: "body_used" });
    expect(() => response.clone()).toThrow("read already");
    expect(await first).toBe("once");
    expect(response.body?.locked).toBe(true);
  });

  test("is the text that the platform reads in the same bytes", async () => {
    let bytes: Uint8Array = new Uint8Array();
    await using server = await listen((_, response) => response.end(bytes));
    await using fetch = nodeFetch();
    const broken = fc.array(
      fc.constantFrom(0x61, 0xef, 0xbb, 0xbf, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80, 0xc0, 0xff, 0xed, 0xa0),
    );
    const any = fc.oneof(
      broken.map((list) => new Uint8Array(list)),
      fc.uint8Array({ maxLength: 200 }),
    );
    await fc.assert(
      fc.asyncProperty(any, async (given) => {
        bytes = given;
        expect(await (await fetch(server.url)).text()).toBe(await new Response(given).text());
      }),
      { numRuns: 300 },
    );
  });

  test("becomes the platform's own answer where that is needed", async () => {
    await using server = await listen((_, response) => response.writeHead(418, { "x-a": "1" }).end("tea"));
    await using fetch = nodeFetch();
    const light = await fetch(server.url);
    const platform = new Response(light.body, light);
    expect(await Response.prototype.text.call(platform)).toBe("tea");
    expect([platform.status, platform.headers.get("x-a")]).toEqual([418, "1"]);
  });

  test("is a form or a blob where it is one", async () => {
    await using server = await listen((_, response) =>
      response.setHeader("content-type", "application/x-www-form-urlencoded").end("a=1&b=2"),
    );
    await using fetch = nodeFetch();
    expect((await (await fetch(server.url)).formData()).get("b")).toBe("2");
    const blob = await (await fetch(server.url)).blob();
    expect([blob.type, blob.size]).toEqual(["application/x-www-form-urlencoded", 7]);
  });
});

describe("a broken server", () => {
  test("that cuts a body fails it, after what has come", async () => {
    await using server = await listenRaw((socket) => {
      socket.once("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        setTimeout(() => socket.destroy(), 20);
      });
    });
    await using fetch = nodeFetch();
    const reader = (await fetch(server.url)).body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("half");
    await expect(reader?.read()).rejects.toMatchObject({
      name: "TypeError",
      message: "terminated",
      cause: { code: "ECONNRESET" },
    });
  });

  test("that answers while it is still sent to is heard", async () => {
    await using server = await listenRaw((socket) => {
      socket.once("data", () => {
        socket.resume();
        socket.write("HTTP/1.1 413 Too Large\r\nContent-Length: 4\r\n\r\nstop");
      });
    });
    await using fetch = nodeFetch();
    const body = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(65_536)) });
    const response = await fetch(server.url, { method: "POST", body, duplex: "half" } as RequestInit);
    expect([response.status, await response.text()]).toEqual([413, "stop"]);
  });

  test("does not keep a request's stream from being ended", async () => {
    await using server = await listenRaw((socket) => void socket.once("data", () => socket.destroy()));
    await using fetch = nodeFetch();
    let cancelled = false;
    const body = new ReadableStream({
      pull: (stream) => stream.enqueue(new Uint8Array(1_000)),
      cancel: () => {
        cancelled = true;
      },
    });
    await expect(fetch(server.url, { method: "POST", body, duplex: "half" } as RequestInit)).rejects.toThrow(
      "fetch failed",
    );
    await until(() => cancelled);
  });

  test("hears no more of a request whose stream fails", async () => {
    await using server = await listen((request) => void request.resume());
    await using fetch = nodeFetch();
    const broken = new Error("the file is gone");
    const body = new ReadableStream({ pull: (stream) => stream.error(broken) });
    await expect(fetch(server.url, { method: "POST", body, duplex: "half" } as RequestInit)).rejects.toMatchObject({
      cause: broken,
    });
    await until(() => fetch.connections().active === 0);
  });
});

describe("TLS", () => {
  test("works with a certificate that is trusted, and only with that", async () => {
    const server = createSecureServer(selfSigned, (_, response) => response.end("secure"));
    await once(server.listen(0, "127.0.0.1"), "listening");
    // A server that listens on TCP has an address of this shape.
    const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
    try {
      await using trusting = nodeFetch({ tls: { ca: selfSigned.cert } });
      for (let turn = 0; turn < 3; turn += 1) expect(await (await trusting(url)).text()).toBe("secure");
      expect(trusting.connections().idle).toBe(1);
      await using fetch = nodeFetch();
      await expect(fetch(url)).rejects.toMatchObject({
        message: "fetch failed",
        cause: { code: expect.stringContaining("SELF_SIGNED") },
      });
      await expect(trusting(url.replace("localhost", "127.0.0.1"))).rejects.toMatchObject({
        cause: { code: "ERR_TLS_CERT_ALTNAME_INVALID" },
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

test("a process ends although connections are kept", async () => {
  await using server = await listen((_, response) => response.end("x"));
  const code = `import { nodeFetch } from ${JSON.stringify(join(import.meta.dirname, "../src/index.ts"))};
    const fetch = nodeFetch({ idleMs: 600_000 });
    await (await fetch(${JSON.stringify(server.url)})).text();
    console.log(fetch.connections().idle);`;
  const flags = ["--no-warnings", "--conditions=@catenary/source", "--input-type=module", "--eval", code];
  const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
  let printed = "";
  child.stdout.on("data", (piece) => {
    printed += piece;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  expect(printed).toBe("1\n");
});
