import { afterEach, expect, test, vi } from "vitest";
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

test("requests made one after the other share a connection", async () => {
  await using server = await listen((_, response) => response.end("x"));
  await (await defaultFetch(server.url)).text();
  await (await defaultFetch(server.url)).text();
  expect(server.made()).toBe(1);
});
