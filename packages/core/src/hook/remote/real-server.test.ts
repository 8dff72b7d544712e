import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { systemClock } from "../../surroundings/clock.ts";
import { systemFetch } from "../../surroundings/fetch.ts";
import { callHook } from "../call-hook.ts";
import { invocation } from "../fixtures/invocation.ts";
import type { HookInvocation } from "../hook.ts";
import { type RemoteHookSettings, remoteHook } from "../remote-hook.ts";

// The platform's own `fetch` over a real connection: what a fake cannot show.

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  // Safe: a server that listens on a port has an address of this kind.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const call = (settings: RemoteHookSettings, parts: Partial<HookInvocation> = {}) =>
  callHook(remoteHook(settings), invocation(parts), { fetch: systemFetch, clock: systemClock });

test("posts JSON and follows a redirect with it", async () => {
  const origin = await listen((request, response) => {
    if (request.url === "/a") return response.writeHead(307, { location: "/b" }).end("moved");
    return request.pipe(response.writeHead(200));
  });
  expect(await call({ url: `${origin}/a` })).toEqual({ name: "hk", arguments: { input: "q" } });
});

test("calls with GET, and with a method of its own", async () => {
  const origin = await listen((request, response) => response.end(JSON.stringify(request.method)));
  expect(await call({ url: origin, method: "GET" })).toBe("GET");
  expect(await call({ url: origin, method: "PATCH" })).toBe("PATCH");
});

test("says that nothing listens", async () => {
  const origin = await listen(() => {});
  await closing.pop()?.();
  await expect(call({ url: origin })).rejects.toMatchObject({
    failure: "network",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("tells a connection that breaks within the answer as one", async () => {
  const origin = await listen((_request, response) => {
    response.writeHead(200, { "content-length": "100" }).write('{"a":');
    setTimeout(() => response.destroy(), 20);
  });
  await expect(call({ url: origin })).rejects.toMatchObject({ code: "hook_failed", failure: "network" });
});

test("closes the connection when the answer takes too long or nobody waits any more", async () => {
  let opened = 0;
  let closed = 0;
  const origin = await listen((_request, response) => {
    opened += 1;
    response.on("close", () => {
      closed += 1;
    });
    response.writeHead(200).write("[");
  });
  await expect(call({ url: origin, timeoutMs: 50 })).rejects.toMatchObject({ failure: "timeout" });
  const controller = new AbortController();
  const cancelled = call({ url: origin }, { signal: controller.signal });
  await expect.poll(() => opened).toBe(2);
  controller.abort("enough");
  await expect(cancelled).rejects.toBe("enough");
  await expect.poll(() => [opened, closed]).toEqual([2, 2]);
});

test("ends the download of an answer that is too long", async () => {
  const origin = await listen((_request, response) => {
    const write = () => {
      while (response.writable && response.write("x".repeat(64 * 1024)));
    };
    response.on("drain", write);
    write();
  });
  await expect(call({ url: origin, maxResponseBytes: 1000 })).rejects.toMatchObject({ code: "hook_response_invalid" });
});
