import { expect, test } from "vitest";
import { partOf } from "../part-of.ts";
import { serving } from "../start-catenary.ts";
import { callHook } from "./call-hook.ts";
import { hookServer } from "./hook-server.ts";
import { namesOf, serveGuarded } from "./serve-guarded.ts";

const SECONDS = 1_000;

/** All of them mean a link-local address, or where a cloud tells a machine its credentials. */
const METADATA = [
  "169.254.169.254",
  "169.254.169.254.",
  "169.254.170.2",
  "100.100.100.200",
  "168.63.129.16",
  "169.254.43518",
  "169.16689662",
  "2852039166",
  "0xa9fea9fe",
  "0xA9.0xFE.0xA9.0xFE",
  "0xa9.254.0251.0xfe",
  "0251.0376.0251.0376",
  "0000251.0376.0251.0376",
  "025177524776",
  "%31%36%39.254.169.254",
  "①⑥⑨.②⑤④.①⑥⑨.②⑤④",
  "169。254。169。254",
  "169\u00ad.254.169.254",
  "[fe80::1]",
  "[febf::1]",
  "[fd00:ec2::254]",
  "[fd20:ce::254]",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "[0:0:0:0:0:ffff:a9fe:a9fe]",
  "[::169.254.169.254]",
  "[64:ff9b::169.254.169.254]",
  "[2002:a9fe:a9fe::]",
  "public.example@169.254.169.254",
  "public.example:80@169.254.169.254:80",
];

const NAMES = ["metadata.google.internal", "metadata", "instance-data", "169.254.169.254.nip.example"];

test("no spelling of a cloud's metadata that is registered over REST is ever asked", {
  timeout: 60 * SECONDS,
}, async () => {
  const server = await serving(["--no-data"]);
  for (const host of METADATA) {
    const { status, body } = await callHook(server.ask, `http://${host}/latest/meta-data/`);
    expect([host, status, partOf(body, "error", "message")]).toEqual([
      host,
      500,
      expect.stringMatching(/link-local|metadata/),
    ]);
  }
  const own = await hookServer((_, response) => response.end('"there"'));
  expect(await callHook(server.ask, own.url)).toMatchObject({ body: { output: "there" } });
});

test("a backend that is said to be there gives no models, and its state says why", {
  timeout: 60 * SECONDS,
}, async () => {
  const server = await serving(["--no-data"]);
  const addresses = { ollama: "http://[::ffff:169.254.169.254]", vllm: "http://169.254.43518/v1" };
  for (const [type, baseUrl] of Object.entries(addresses))
    expect((await server.ask("POST", "/backends", { name: type, baseUrl, type })).status).toBe(201);
  const told = { error: expect.stringContaining("metadata") };
  const listed = async () => (await server.ask("GET", "/backends")).body;
  await expect.poll(listed, { timeout: 20 * SECONDS }).toMatchObject([told, told]);
});

test.for(NAMES)("the name %s is refused where it leads to a link-local address", async (name) => {
  const ask = await serveGuarded(namesOf({ [name]: ["169.254.169.254"] }));
  const { status, body } = await callHook(ask, `http://${name}/computeMetadata/v1/`, {
    headers: { "Metadata-Flavor": "Google" },
  });
  expect([status, partOf(body, "error", "message")]).toEqual([500, expect.stringContaining("metadata")]);
});

test("a name that means another address at its second call leads nowhere", async () => {
  const server = await hookServer((_, response) => response.end('"first"'));
  const ask = await serveGuarded(namesOf({ "hooks.example": ["127.0.0.1", "169.254.169.254"] }));
  const url = `http://hooks.example:${server.port}/`;
  expect(await callHook(ask, url)).toMatchObject({ body: { output: "first" } });
  const told = { error: { message: expect.stringContaining("metadata") } };
  expect(await callHook(ask, url)).toMatchObject({ body: told });
  expect(server.seen).toHaveLength(1);
});

test("what is refused is asked once, however often the hook is to be tried again", async () => {
  let lookups = 0;
  const names = namesOf({ "hooks.example": ["169.254.169.254"] });
  const ask = await serveGuarded((...parts) => {
    lookups += 1;
    names(...parts);
  });
  await callHook(ask, "http://hooks.example/", { retries: { max: 5, backoffMs: 1 } });
  expect(lookups).toBe(1);
});
