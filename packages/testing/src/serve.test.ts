import { afterEach, describe, expect, it } from "vitest";
import { createFakeOllama } from "./fake-ollama.ts";
import { brokenConnection } from "./faults/broken-connection.ts";
import { type Served, serve } from "./serve.ts";
import { streamOf } from "./stream-of.ts";

let served: Served | undefined;
afterEach(() => served?.close());

async function start(handle: (request: Request) => Promise<Response>): Promise<string> {
  served = await serve(handle);
  return served.url;
}

describe("serve", () => {
  it("hands on method, address, headers and body, and hands back status, headers and body", async () => {
    const url = await start(async (request) => {
      const body = `${request.method} ${new URL(request.url).pathname} ${request.headers.get("x-a")} ${await request.text()}`;
      return new Response(body, { status: 201, headers: { "x-b": "2" } });
    });
    const response = await fetch(`${url}/path`, { method: "PUT", body: "hello", headers: { "x-a": "1" } });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-b")).toBe("2");
    expect(await response.text()).toBe("PUT /path 1 hello");
  });

  it("sends each chunk as it comes", async () => {
    let release = () => {};
    const second = new Promise<void>((resolve) => {
      release = resolve;
    });
    const url = await start(async () => {
      async function* chunks() {
        yield new TextEncoder().encode("one");
        await second;
        yield new TextEncoder().encode("two");
      }
      return new Response(streamOf(chunks()));
    });
    const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect(await reader?.read()).toEqual({ done: false, value: "one" });
    release();
    expect(await reader?.read()).toEqual({ done: false, value: "two" });
  });

  it("breaks the connection where the handler rejects, and where a body fails", async () => {
    const url = await start(async (request) => {
      if (request.url.endsWith("/at-once")) throw brokenConnection();
      async function* chunks() {
        yield new TextEncoder().encode("one");
        throw brokenConnection();
      }
      return new Response(streamOf(chunks()));
    });
    await expect(fetch(`${url}/at-once`)).rejects.toThrow("fetch failed");
    const response = await fetch(`${url}/later`);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("aborts the request's signal when the caller goes away", async () => {
    const gone = Promise.withResolvers<unknown>();
    const url = await start((request) => {
      request.signal.addEventListener("abort", () => gone.resolve(request.signal.reason));
      return new Promise(() => {});
    });
    const controller = new AbortController();
    const call = fetch(url, { signal: controller.signal });
    setTimeout(() => controller.abort("enough"), 20);
    await expect(call).rejects.toBe("enough");
    expect(await gone.promise).toMatchObject({ name: "AbortError" });
  });

  it("tells what is open: connections, and requests until they are answered or given up", async () => {
    const fake = createFakeOllama();
    const url = await start(fake);
    const open = () => [served?.connections(), served?.requestsUnderWay()];
    expect(open()).toEqual([0, 0]);
    fake.faults.next({ kind: "hang" });
    const controller = new AbortController();
    const call = fetch(url, { signal: controller.signal });
    await expect.poll(open).toEqual([1, 1]);
    controller.abort("enough");
    await expect(call).rejects.toBe("enough");
    await expect.poll(() => served?.requestsUnderWay()).toBe(0);
    await (await fetch(url)).text();
    await expect.poll(() => served?.requestsUnderWay()).toBe(0);
    await served?.close();
    await expect.poll(open).toEqual([0, 0]);
  });

  it("frees its port, also with a call under way", async () => {
    const fake = createFakeOllama();
    fake.faults.always({ kind: "hang" });
    const url = await start(fake);
    const call = fetch(url);
    call.catch(() => {});
    await expect.poll(() => fake.requests.length).toBe(1);
    await served?.close();
    await expect(call).rejects.toThrow("fetch failed");
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });
});
