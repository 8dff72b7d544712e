import type { LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nodeFetch } from "../src/index.ts";
import { type Listening, listen } from "./listen.ts";

let server: Listening;
beforeAll(async () => {
  server = await listen((request, response) => response.end(request.headers.host));
});
afterAll(() => server[Symbol.asyncDispose]());

/** Answers each lookup with the next list of addresses, the last one again and again. */
function scripted(...answers: readonly (readonly string[])[]): LookupFunction & { readonly asked: string[] } {
  const asked: string[] = [];
  const lookup: LookupFunction = (host, _options, done) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    const addresses = found.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 }));
    setImmediate(() => done(null, addresses));
  };
  return Object.assign(lookup, { asked });
}

describe("addresses that come from requests, templates, models or redirects", () => {
  const hosts = ["127.0.0.1", "localhost", "10.0.0.1", "192.168.0.1", "100.64.1.1", "0.0.0.0", "169.254.169.254"];
  const odd = [
    "2130706433",
    "0x7f000001",
    "0177.0.0.1",
    "127.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fd00::1]",
    "[64:ff9b::7f00:1]",
    "①②⑦.0.0.1",
  ];

  test.for([...hosts, ...odd])("may not lead to %s", async (host) => {
    await using fetch = nodeFetch({ addresses: "public", lookup: scripted(["127.0.0.1"]) });
    const before = server.made();
    await expect(fetch(`http://${host}:${server.port}/`)).rejects.toMatchObject({
      code: "address_refused",
      failure: "chain",
    });
    expect(server.made()).toBe(before);
    expect(fetch.connections()).toEqual({ active: 0, idle: 0, waiting: 0 });
  });

  test("may not lead to a name with one private address among public ones", async () => {
    await using fetch = nodeFetch({ addresses: "public", lookup: scripted(["93.184.216.34", "10.0.0.7"]) });
    await expect(fetch("http://mixed.example/")).rejects.toThrow(
      "mixed.example (10.0.0.7) is a private address: an address that comes from a request",
    );
  });
});

test("one request may be held to public addresses, and none be let off", async () => {
  await using fetch = nodeFetch();
  const held = { addresses: "public" } as const;
  await expect(fetch(server.url, held)).rejects.toMatchObject({ code: "address_refused" });
  expect((await fetch(server.url)).status).toBe(200);
  // The connection that is kept now was made for a registered address.
  await expect(fetch(server.url, held)).rejects.toMatchObject({ code: "address_refused" });
  await using strict = nodeFetch({ addresses: "public" });
  await expect(strict(server.url, { addresses: "registered" })).rejects.toMatchObject({ code: "address_refused" });
  // Safe: this is about what the types do not allow.
  const odd = { addresses: "any" } as unknown as typeof held;
  await expect(fetch(server.url, odd)).rejects.toMatchObject({ code: "request_invalid" });
});

describe("addresses that code or an operator gave", () => {
  test.for(["127.0.0.1", "localhost", "2130706433"])("may lead to %s", async (host) => {
    await using fetch = nodeFetch();
    expect((await fetch(`http://${host}:${server.port}/`)).status).toBe(200);
  });

  test.for([
    "169.254.169.254",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "[::ffff:169.254.169.254]",
    "0xa9fea9fe",
    "100.100.100.200",
  ])("may not lead to %s", async (host) => {
    await using fetch = nodeFetch();
    await expect(fetch(`http://${host}/latest/meta-data`)).rejects.toMatchObject({ code: "address_refused" });
  });

  test("may not lead to a name that means the metadata of a cloud", async () => {
    await using fetch = nodeFetch({ lookup: scripted(["169.254.169.254"]) });
    await expect(fetch("http://metadata.example/")).rejects.toThrow("is the address of a cloud's metadata");
  });
});

test("a name is checked at each connection, so that one that changes its meaning leads nowhere", async () => {
  const lookup = scripted(["127.0.0.1"], ["169.254.169.254"]);
  await using fetch = nodeFetch({ lookup });
  const url = `http://rebinding.example:${server.port}/`;
  // Both at once, so that the second cannot have the first one's connection.
  const [first, second] = await Promise.allSettled([fetch(url), fetch(url)]);
  expect(first).toMatchObject({ status: "fulfilled", value: { status: 200 } });
  expect(second).toMatchObject({ status: "rejected", reason: { code: "address_refused" } });
  expect(lookup.asked).toEqual(["rebinding.example", "rebinding.example"]);
});

describe("a redirect", () => {
  test("to another origin may not lead to a private address, even where the first one was one", async () => {
    await using inner = await listen((_, response) => response.end("secret"));
    await using outer = await listen((_, response) => response.writeHead(302, { location: inner.url }).end());
    await using fetch = nodeFetch();
    const { host } = new URL(outer.url);
    const message = `${host} redirects to ${new URL(inner.url).host}, and 127.0.0.1 is this machine itself`;
    await expect(fetch(outer.url)).rejects.toMatchObject({
      code: "address_refused",
      message: expect.stringContaining(message),
    });
    expect(inner.made()).toBe(0);
  });

  test("that leads back is not trusted again", async () => {
    const lookup = scripted(["127.0.0.1"]);
    await using back = await listen((request, response) =>
      request.url === "/"
        ? response.writeHead(302, { location: `http://other.example:${back.port}/x` }).end()
        : response.end(),
    );
    await using fetch = nodeFetch({ lookup });
    await expect(fetch(back.url)).rejects.toMatchObject({ code: "address_refused" });
  });

  test("does not get a connection that was made for a registered address", async () => {
    await using fetch = nodeFetch({ lookup: scripted(["127.0.0.1"]) });
    await (await fetch(`http://name.example:${server.port}/`)).text();
    expect(fetch.connections().idle).toBe(1);
    await using outer = await listen((_, response) =>
      response.writeHead(302, { location: `http://name.example:${server.port}/` }).end(),
    );
    await expect(fetch(outer.url)).rejects.toMatchObject({ code: "address_refused" });
  });

  test("is followed three times, or as often as asked for", async () => {
    await using chain = await listen((request, response) => {
      const at = Number(request.url?.slice(1));
      if (at === 0) response.end("there");
      else response.writeHead(302, { location: `/${at - 1}` }).end();
    });
    await using fetch = nodeFetch();
    expect(await (await fetch(`${chain.url}/3`)).text()).toBe("there");
    await expect(fetch(`${chain.url}/4`)).rejects.toMatchObject({ code: "redirect_refused" });
    await using none = nodeFetch({ maxRedirects: 0 });
    await expect(none(`${chain.url}/1`)).rejects.toMatchObject({ code: "redirect_refused" });
    expect((await none(`${chain.url}/1`, { redirect: "manual" })).status).toBe(302);
    await expect(fetch(`${chain.url}/1`, { redirect: "error" })).rejects.toMatchObject({ code: "redirect_refused" });
  });

  test.for(["ftp://files.example/", "javascript:alert(1)", "http://user:canary@x.example/", "http://["])(
    "to %s is refused",
    async (location) => {
      await using odd = await listen((_, response) => response.writeHead(302, { location }).end());
      await using fetch = nodeFetch();
      const error = await fetch(odd.url).catch((thrown) => thrown);
      expect(error).toMatchObject({ code: "redirect_refused" });
      expect(String(error)).not.toContain("canary");
    },
  );

  test("cannot send a stream again", async () => {
    await using moved = await listen((request, response) => {
      request.resume();
      response.writeHead(307, { location: "/" }).end();
    });
    await using fetch = nodeFetch();
    const init = { method: "POST", body: new Blob(["x"]).stream(), duplex: "half" as const };
    await expect(fetch(moved.url, init)).rejects.toThrow("which was a stream");
  });
});
