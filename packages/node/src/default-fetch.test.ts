import { afterEach, describe, expect, test, vi } from "vitest";
import { listen } from "../tests/listen.ts";
import { defaultFetch } from "./default-fetch.ts";

afterEach(() => void vi.unstubAllGlobals());

test("requests go through the lean transport where the platform's fetch is its own", async () => {
  await using server = await listen((request, response) => response.end(request.headers["user-agent"]));
  expect(await (await defaultFetch(server.url)).text()).toBe("catenary");
  expect(await (await fetch(server.url)).text()).toBe("node");
});

test("requests go to whatever has replaced the platform's fetch, for as long as it stands there", async () => {
  await using server = await listen((_, response) => response.end("the real one"));
  vi.stubGlobal("fetch", async () => new Response("the replaced one"));
  expect(await (await defaultFetch(server.url)).text()).toBe("the replaced one");
  vi.stubGlobal("fetch", async () => new Response("another one"));
  expect(await (await defaultFetch(server.url)).text()).toBe("another one");
  vi.unstubAllGlobals();
  expect(await (await defaultFetch(server.url)).text()).toBe("the real one");
});

describe("where the platform's fetch was given another dispatcher", () => {
  const place = Symbol.for("undici.globalDispatcher.1");
  /** The platform's own, which it makes with its first request. */
  async function ownDispatcher(): Promise<Dispatcher> {
    await fetch("http://127.0.0.1:9").catch(() => {});
    return Reflect.get(globalThis, place);
  }
  interface Dispatcher {
    readonly constructor: new (settings?: object) => Dispatcher;
    compose(interceptor: (dispatch: unknown) => (options: unknown, handler: unknown) => unknown): Dispatcher;
  }
  // An interceptor is known by its two parameters.
  const mocked = (_options: unknown, _handler: unknown) => {
    throw new Error("mocked");
  };
  class MockAgent {
    dispatch = mocked;
  }

  test.each<readonly [string, (own: Dispatcher) => object]>([
    ["a mock", () => new MockAgent()],
    ["an agent with interceptors", (own) => new own.constructor().compose(() => mocked)],
  ])("requests go to %s, and back to the lean transport without it", async (_, make) => {
    await using server = await listen((_request, response) => response.end("the real one"));
    const own = await ownDispatcher();
    Reflect.set(globalThis, place, make(own));
    try {
      await expect(defaultFetch(server.url)).rejects.toMatchObject({ cause: { message: "mocked" } });
    } finally {
      Reflect.set(globalThis, place, own);
    }
    expect(await (await defaultFetch(server.url)).text()).toBe("the real one");
  });

  test("an agent with settings of its own is used, and one without is not", async () => {
    await using server = await listen((request, response) => response.end(request.headers["user-agent"]));
    const own = await ownDispatcher();
    const agents = [new own.constructor({ connect: { timeout: 5_000 } }), new own.constructor()];
    try {
      const users: string[] = [];
      for (const agent of agents) {
        Reflect.set(globalThis, place, agent);
        users.push(await (await defaultFetch(server.url)).text());
      }
      expect(users).toEqual(["node", "catenary"]);
    } finally {
      Reflect.set(globalThis, place, own);
    }
  });
});

test("requests made one after the other share a connection", async () => {
  await using server = await listen((_, response) => response.end("x"));
  await (await defaultFetch(server.url)).text();
  await (await defaultFetch(server.url)).text();
  expect(server.made()).toBe(1);
});
