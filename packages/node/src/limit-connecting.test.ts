import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { expect, test } from "vitest";
import { nodeFetch } from "./node-fetch.ts";

async function portOf(server: Server): Promise<number> {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  // Safe: a server that listens on a port has the address of one.
  return (server.address() as AddressInfo).port;
}

const late = { name: "TypeError", cause: { code: "ETIMEDOUT", message: expect.stringContaining("connectTimeoutMs") } };

test("a server that takes the connection and never secures it is given up, and so is the connection", async () => {
  const closed = Promise.withResolvers<void>();
  const server = createServer((socket) => {
    socket.on("close", () => closed.resolve());
    socket.resume();
  });
  const port = await portOf(server);
  const fetch = nodeFetch({ connectTimeoutMs: 50 });
  await expect(fetch(`https://127.0.0.1:${port}/`)).rejects.toMatchObject(late);
  await closed.promise;
  await fetch.close();
  server.close();
});

test("a name that nobody looks up to the end is given up", async () => {
  const fetch = nodeFetch({ connectTimeoutMs: 50, lookup: () => {} });
  await expect(fetch("http://nowhere.test/")).rejects.toMatchObject(late);
  await fetch.close();
});

test("how long an answer takes on a connection that is there is not limited by it", async () => {
  const server = createHttpServer((_request, response) => {
    setTimeout(() => response.end("slow"), 150);
  });
  const port = await portOf(server);
  const fetch = nodeFetch({ connectTimeoutMs: 50 });
  for (let round = 0; round < 2; round++) {
    const response = await fetch(`http://127.0.0.1:${port}/`);
    expect(await response.text()).toBe("slow");
  }
  await fetch.close();
  server.close();
});

test("a time that is none is refused", () => {
  expect(() => nodeFetch({ connectTimeoutMs: 0 })).toThrow("connectTimeoutMs must be a whole number of at least 1");
});
