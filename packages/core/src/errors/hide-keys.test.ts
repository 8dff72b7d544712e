import fc from "fast-check";
import { expect, test } from "vitest";
import { hideKeys } from "./hide-keys.ts";

test.each([
  [
    'Headers.append: "Bearer abc123\\nxyz" is an invalid header value.',
    'Headers.append: "Bearer …" is an invalid header value.',
  ],
  ["authorization: Basic dXNlcjpwYXNz==", "authorization: Basic …"],
  ["GET https://x.test/v1?key=abc123&alt=sse failed", "GET https://x.test/v1?key=…&alt=sse failed"],
  ["https://x.test/?a=1&access_token=abc#top", "https://x.test/?a=1&access_token=…#top"],
  ["fetch of http://ann:secret@x.test/ failed", "fetch of http://…@x.test/ failed"],
  ["Incorrect API key provided: sk-proj-abcdefgh1234.", "Incorrect API key provided: …."],
  ["the key AIzaSyA1234567890 is not valid", "the key … is not valid"],
])("%j becomes %j", (text, hidden) => {
  expect(hideKeys(text)).toBe(hidden);
});

test.each([
  "connect ECONNREFUSED 127.0.0.1:11434",
  "the model sk is not there",
  "use Bearer authentication",
  "ask ann@x.test about https://x.test/a@b",
  "?monkey=5",
])("%j has no key in it", (text) => {
  expect(hideKeys(text)).toBe(text);
});

test("hides a key wherever it stands", () => {
  const key = fc.stringMatching(/^[a-z0-9]{6,20}[0-9]$/);
  const around = fc.stringMatching(/^[a-z .]{0,12}$/);
  fc.assert(
    fc.property(around, key, around, (before, secret, after) => {
      for (const text of [
        `Bearer ${secret}`,
        `https://x.test?key=${secret}`,
        `https://ann:${secret}@x.test`,
        `sk-${secret}9`,
      ]) {
        expect(hideKeys(`${before} ${text} ${after}`)).not.toContain(secret);
      }
    }),
  );
});
