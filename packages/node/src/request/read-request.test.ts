import { expect, test } from "vitest";
import { readRequest } from "./read-request.ts";

const url = "http://x.test/";
const read = async (...given: Parameters<typeof readRequest>) => readRequest(...given);

test.for([
  ["no address", "not an address", {}, "absolute address"],
  ["another protocol", "ftp://x.test/", {}, "http:// or https://"],
  ["a user in the address", "http://ann:canary@x.test/", {}, "authorization header"],
  ["a secret query in what is no address", "//x.test?key=canary", {}, "absolute address"],
  ["CONNECT", url, { method: "CONNECT" }, "CONNECT"],
  ["a method of two words", url, { method: "GET IT" }, "method"],
  ["a body of a GET", url, { body: "x" }, "has no body"],
  ["an object as a body", url, { method: "POST", body: { canary: 1 } }, "JSON.stringify"],
  ["a header of two lines", url, { headers: { "x-key": "canary\r\nx: y" } }, '"x-key"'],
  ["a header's name with a space", url, { headers: { "x key": "canary" } }, '"x key"'],
  ["headers as text", url, { headers: "canary" }, "headers by name"],
  ["an unknown way of redirects", url, { redirect: "maybe" }, "redirect is one of"],
  ["what is no signal", url, { signal: { aborted: false } }, "AbortSignal"],
  ["a digest", url, { integrity: "sha256-x" }, "integrity"],
  ["undici's dispatcher", url, { dispatcher: {} }, "dispatcher"],
] as const)("%s is refused, and nothing secret is told", async ([, input, init, words]) => {
  // Safe: this is about what the types do not allow.
  const error: unknown = await read(input, init as RequestInit).catch((thrown) => thrown);
  expect(error).toMatchObject({ code: "request_invalid", failure: "chain", message: expect.stringContaining(words) });
  expect(String(error)).not.toContain("canary");
});

test("a body that somebody else reads is refused", async () => {
  const body = new Blob(["x"]).stream();
  body.getReader();
  await expect(read(url, { method: "POST", body })).rejects.toMatchObject({ code: "request_invalid" });
});

test("headers of the connection are the transport's own", async () => {
  const given = {
    "Content-Length": "3",
    "transfer-encoding": "chunked",
    connection: "close",
    upgrade: "h2c",
    te: "x",
    "x-a": "1",
  };
  const { headers } = await readRequest(url, { method: "POST", body: "ab", headers: given });
  expect(headers["content-length"]).toBe("2");
  expect(Object.keys(headers).sort()).toEqual([
    "accept",
    "accept-encoding",
    "content-length",
    "content-type",
    "user-agent",
    "x-a",
  ]);
});

test("a header may have any name", async () => {
  const { headers } = await readRequest(url, {
    headers: [
      ["__proto__", "1"],
      ["constructor", "2"],
    ],
  });
  expect(Object.entries(headers)).toEqual(
    expect.arrayContaining([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]),
  );
});
