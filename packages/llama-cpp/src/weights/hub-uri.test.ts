import { expect, test } from "vitest";
import { hubUriOf, isHubUri, readHubUri } from "./hub-uri.ts";

test.each([
  ["hf:a/b/c.gguf", { repository: "a/b", path: "c.gguf", revision: "main" }],
  ["hf:a/b/d/c.gguf#v1", { repository: "a/b", path: "d/c.gguf", revision: "v1" }],
  ["huggingface:a/b/c.gguf#", { repository: "a/b", path: "c.gguf", revision: "main" }],
  ["hf://a/b:Q4_K_M", { repository: "a/b", tag: "Q4_K_M" }],
  ["hf:a/b", { repository: "a/b", tag: "latest" }],
])("%s is read", (uri, file) => {
  expect(isHubUri(uri)).toBe(true);
  expect(readHubUri(uri)).toEqual(file);
});

test.each(["hf:", "hf:a", "hf:a/", "hf:/b", "hf:a/b//c.gguf", "hf:a/../c.gguf", "hf:a/b:Q4/c.gguf"])(
  "%s is refused with what was expected",
  (uri) => {
    expect(() => readHubUri(uri)).toThrow(`got ${JSON.stringify(uri)}`);
  },
);

test("a file is written as node-llama-cpp's downloader reads it", () => {
  expect(hubUriOf({ repository: "a/b", path: "c.gguf", revision: "main" })).toBe("hf:a/b/c.gguf");
  expect(hubUriOf({ repository: "a/b", path: "c.gguf", revision: "v1" })).toBe("hf:a/b/c.gguf#v1");
});
