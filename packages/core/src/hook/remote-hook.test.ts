import { expect, test } from "vitest";
import { type RemoteHookSettings, remoteHook } from "./remote-hook.ts";

const url = "https://example.com/hook";
const refusal = (settings: unknown): string => {
  try {
    // Safe: the point is what happens to settings that are none.
    remoteHook(settings as RemoteHookSettings);
  } catch (error) {
    expect(error).toMatchObject({ name: "HookError", code: "hook_request_invalid", failure: "chain" });
    return error instanceof Error ? error.message : "";
  }
  return expect.unreachable("the settings should be refused");
};

test("fills in what is not said", () => {
  expect(remoteHook({ url })).toEqual({
    kind: "remote",
    url,
    method: "POST",
    protocol: "openai-object",
    timeoutMs: 60_000,
    headers: {},
    maxResponseBytes: 10_485_760,
  });
  expect(remoteHook({ url, retries: { max: 2 } }).retries).toEqual({ max: 2, backoffMs: 500 });
});

test("is plain data that makes itself again", () => {
  const hook = remoteHook({ url, method: "PUT", headers: { "x-a": "1" }, retries: { max: 1, backoffMs: 0 } });
  expect(remoteHook(JSON.parse(JSON.stringify(hook)))).toEqual(hook);
});

test.each([
  ["a relative address", { url: "/hook" }],
  ["an address without a scheme", { url: "example.com/hook" }],
  ["a host and a port only", { url: "localhost:8080" }],
  ["another scheme", { url: "ftp://example.com/hook" }],
  ["an unfinished address", { url: "http://[::1" }],
  ["no address", {}],
  ["a method with a space", { url, method: "PO ST" }],
  ["an empty method", { url, method: "" }],
  ["a method that fetch refuses", { url, method: "trace" }],
  ["an unknown protocol", { url, protocol: "soap" }],
  ["an empty header name", { url, headers: { "": "x" } }],
  ["a header name with a space", { url, headers: { "x y": "z" } }],
  ["an empty header value", { url, headers: { "x-a": " " } }],
  ["a header value with a line break", { url, headers: { "x-a": "1\r\nx-b: 2" } }],
  ["a header value outside Latin-1", { url, headers: { "x-a": "日本" } }],
  ["a header value that is no text", { url, headers: { "x-a": 1 } }],
  ["a header of the connection", { url, headers: { "Content-Length": "3" } }],
  ["headers as a list", { url, headers: [["x-a", "1"]] }],
  ["no time", { url, timeoutMs: 0 }],
  ["negative time", { url, timeoutMs: -1 }],
  ["endless time", { url, timeoutMs: Number.POSITIVE_INFINITY }],
  ["time as text", { url, timeoutMs: "5s" }],
  ["an answer of no bytes", { url, maxResponseBytes: 0 }],
  ["half a retry", { url, retries: { max: 1.5 } }],
  ["no retry", { url, retries: { max: 0 } }],
  ["very many retries", { url, retries: { max: 21 } }],
  ["a negative wait", { url, retries: { max: 1, backoffMs: -1 } }],
])("refuses %s", (_what, settings) => {
  expect(refusal(settings)).toContain("can never be called");
});

test("keeps secrets out of its refusals", () => {
  expect(refusal({ url: "ftp://user:hunter22@example.com/x?token=hunter22#hunter22" })).not.toContain("hunter22");
  expect(refusal({ url: "//user:hunter22@example.com/x?token=hunter22" })).not.toContain("hunter22");
  expect(refusal({ url, headers: { authorization: "hunter22\n" } })).not.toContain("hunter22");
});
