import { expect, test } from "vitest";
import { partOf } from "../part-of.ts";
import { callHook } from "./call-hook.ts";
import { hookServer } from "./hook-server.ts";
import { namesOf, serveGuarded } from "./serve-guarded.ts";

const NAMES = {
  "metadata.google.internal": ["169.254.169.254"],
  "inside.example": ["10.0.0.7"],
  "mapped.example": ["::ffff:192.168.0.1"],
  localhost: ["127.0.0.1"],
  "back.example": ["127.0.0.1"],
};

const mustBePublic = { body: { error: { message: expect.stringContaining("must be public") } } };

const LINK_LOCAL = [
  "http://169.254.169.254/latest/meta-data/iam",
  "//169.254.169.254/latest/meta-data/iam",
  "http://0xa9fea9fe/",
  "http://[fe80::1]/",
  "http://metadata.google.internal/computeMetadata/v1/",
];
const PRIVATE = [
  "http://inside.example/",
  "http://mapped.example/",
  "http://10.0.0.1/",
  "http://[fd00::1]/",
  "http://[::1]/",
  "http://localhost:1/",
  "http://2130706433:1/",
];

test.for([301, 302, 303, 307, 308].flatMap((status) => [...LINK_LOCAL, ...PRIVATE].map((to) => [status, to] as const)))(
  "a private hook that was registered is asked, and its %i to %s is not followed",
  async ([status, location]) => {
    const server = await hookServer((_, response) => response.writeHead(status, { location }).end());
    const ask = await serveGuarded(namesOf(NAMES));
    const answered = await callHook(ask, server.url);
    expect([answered.status, partOf(answered.body, "error", "message")]).toEqual([
      500,
      expect.stringMatching(/must be public|no request goes to/),
    ]);
    expect(server.seen).toHaveLength(1);
  },
);

test.for(["file:///etc/passwd", "gopher://127.0.0.1:6379/_FLUSHALL", "http://[", "javascript:1"])(
  "a redirect to %s is the answer, which is none",
  async (location) => {
    const server = await hookServer((_, response) => response.writeHead(302, { location }).end());
    const ask = await serveGuarded(namesOf(NAMES));
    const { status, body } = await callHook(ask, server.url);
    expect([status, partOf(body, "error", "message")]).toEqual([500, expect.stringContaining("302")]);
  },
);

test("another private server is never reached by a redirect, and the first one may send its caller around itself", async () => {
  const other = await hookServer((_, response) => response.end('"secret"'));
  const first = await hookServer((request, response) => {
    const to: Record<string, string> = { "/out": `${other.url}/admin`, "/in": "/here" };
    const location = to[request.url ?? ""];
    if (location === undefined) response.end('"here"');
    else response.writeHead(307, { location }).end();
  });
  const ask = await serveGuarded(namesOf(NAMES));
  expect(await callHook(ask, `${first.url}/in`)).toMatchObject({ body: { output: "here" } });
  const refused = await callHook(ask, `${first.url}/out`);
  expect(refused).toMatchObject(mustBePublic);
  expect(partOf(refused.body, "error", "message")).toContain("that another one leads to it is not enough");
  expect(other.seen).toEqual([]);
});

test("a way that leads back by another name is not trusted again", async () => {
  const server = await hookServer((request, response) =>
    request.url === "/"
      ? response.writeHead(307, { location: `http://back.example:${server.port}/x` }).end()
      : response.end("1"),
  );
  const ask = await serveGuarded(namesOf(NAMES));
  expect(await callHook(ask, server.url)).toMatchObject(mustBePublic);
  expect(server.seen.map(({ url }) => url)).toEqual(["/"]);
});
