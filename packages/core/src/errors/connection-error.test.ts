import { expect, test } from "vitest";
import { connectionError } from "./connection-error.ts";

const about = {
  backend: "b",
  place: "x.test/v1",
  hide: (text: string) => text.replaceAll("s3cret", "…"),
  setting: "baseUrl",
  whenNobody: "start it",
};
const failed = (message: string, code: string) =>
  new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });

test.each([
  ["getaddrinfo ENOTFOUND x.test", "ENOTFOUND", "the name of the host in x.test/v1 cannot be resolved: check baseUrl"],
  ["connect ECONNREFUSED", "ECONNREFUSED", "nothing answers on x.test/v1: start it"],
  ["write EPIPE", "EPIPE", "the connection to x.test/v1 broke: write EPIPE"],
])("%s says where, and what to do", (message, code, expected) => {
  const error = connectionError(failed(message, code), { ...about, model: "m" });
  expect(error).toMatchObject({ failure: "network", details: { backend: "b", model: "m" }, cause: { code } });
  expect(error.message).toContain(expected);
});

test("a timeout is one, and the server may have a name of its own", () => {
  const error = connectionError(failed("read ETIMEDOUT", "ETIMEDOUT"), { ...about, server: "Ollama at x.test" });
  expect(error).toMatchObject({
    failure: "timeout",
    message: "the connection to Ollama at x.test broke: read ETIMEDOUT",
  });
});

test("a cause that quotes a secret is left out, and its words are without it", () => {
  const error = connectionError(failed("bad header s3cret", "EPIPE"), about);
  expect(error.message).toContain("bad header …");
  expect(error.cause).toBeUndefined();
});
